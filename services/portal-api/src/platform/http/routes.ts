import {
  AGENDA_BYTES,
  AccountChanged,
  AccountCreated,
  AccountsAnswer,
  Approval,
  CentreMarkChange,
  CentreMarksAnswer,
  CentreMarksFile,
  CentreReport,
  ChangeDecision,
  ChangeWanted,
  Choose,
  Comparison,
  Component,
  Concern,
  CreateAccount,
  Document,
  DocumentOffer,
  EmiSummary,
  EnterMark,
  EnterMarks,
  Flag,
  FurtherSample,
  HistoryEntry,
  IamisCentre,
  IamisOutcome,
  IamisRecorded,
  IamisSample,
  IamisSummary,
  ImportAnswer,
  ImportRows,
  KeysRotated,
  MarkAnswer,
  MarkEntered,
  MarkReviewedAs,
  Me,
  Nothing,
  Reallocate,
  ReallocateModerator,
  Reasoned,
  Receipt,
  Recorded,
  RequestDocument,
  Return,
  ReviewMark,
  SaveReport,
  Script,
  ServiceEntry,
  SignInWays,
  Sheet,
  SheetSummary,
  SignInLogEntry,
  Submit,
  TeamNode,
  TemporaryPass,
  Unlisted,
  Verify,
  WorkingAs,
  WhatIf,
  Work,
} from '@portal/contract';
import { z, type ZodType } from 'zod';

/** May this role call this at all? `anyone` needs no sign-in, `signed-in` any role. */
export type Who = 'anyone' | 'signed-in' | readonly ('appointee' | 'auditor' | 'admin')[];

export interface Route {
  readonly who: Who;
  readonly summary: string;
  readonly body?: ZodType;
  readonly answer?: ZodType;
  /** Of the body, where it may be larger than is usual. */
  readonly mostBytes?: number;
  /** Media type of the body, where it is no JSON; of the answer likewise. */
  readonly takes?: string;
  readonly gives?: string;
  /** How lately the person must have proven who they are: else they are asked to, and the request is repeated. */
  readonly factor?: Freshness;
  /** Answered also where the password alone opens the account although more is wanted. */
  readonly beforeSetUp?: true;
}

export type Freshness = keyof typeof FACTOR_AGE_S;

/** How old a factor may be, in seconds. */
export const FACTOR_AGE_S = { recent: 15 * 60, 'this-sign-in': 12 * 60 * 60 } as const;

const APPOINTEE = ['appointee'] as const;
/** Auditors read everything and change nothing. */
const READER = ['appointee', 'auditor'] as const;
const ANYONE_KNOWN = ['appointee', 'auditor', 'admin'] as const;
const ADMIN = ['admin'] as const;
const SHEET = '/emi/:component/sheets/:centre';
const CANDIDATE = `${SHEET}/candidates/:candidate`;
const CENTRE = '/iamis/:component/centres/:centre';
const SAMPLED = `${CENTRE}/candidates/:candidate`;
/** A file of ten thousand rows, each with every field at its longest. */
const MARKS_FILE_BYTES = 2 * 1024 * 1024;

/** Every route there is. One that is not here does not start; whether it is *their* sheet is a rule of the domain. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /health': { who: 'anyone', summary: 'Is the process alive?' },
  'GET /ready': { who: 'anyone', summary: 'Can it serve?' },
  'GET /openapi.json': { who: 'anyone', summary: 'This document' },
  'GET /sign-in-ways': { who: 'anyone', summary: 'Who signs people in, and in which ways', answer: SignInWays },
  'GET /me': { who: 'signed-in', beforeSetUp: true, summary: 'Who is signed in, and in which capacities', answer: Me },
  'GET /services': { who: 'signed-in', summary: 'All services, and what waits in each', answer: z.array(ServiceEntry) },
  'GET /doorbell': { who: 'signed-in', beforeSetUp: true, summary: 'Server-sent events: something has changed' },
  'GET /emi': { who: READER, summary: 'Components to mark, with counts', answer: z.array(EmiSummary) },
  'GET /emi/:component/sheets': { who: READER, summary: 'Mark sheets of a component', answer: z.array(SheetSummary) },
  [`GET ${SHEET}`]: { who: READER, summary: 'One mark sheet', answer: Sheet },
  [`POST ${SHEET}/marks`]: { who: APPOINTEE, summary: 'Enter marks, row by row', body: EnterMarks, answer: z.array(MarkAnswer) },
  [`POST ${SHEET}/unlisted`]: { who: APPOINTEE, summary: 'Report a script of no listed candidate', body: Unlisted, answer: Recorded },
  [`POST ${SHEET}/reallocation`]: { who: APPOINTEE, summary: 'Move candidates to another examiner', body: Reallocate, answer: Recorded },
  [`PUT ${CANDIDATE}/mark`]: { who: APPOINTEE, summary: 'Enter one mark', body: EnterMark, answer: MarkEntered },
  [`POST ${CANDIDATE}/verification`]: { who: APPOINTEE, summary: 'Blind second entry', body: Verify, answer: MarkEntered },
  [`POST ${CANDIDATE}/flag`]: { who: APPOINTEE, summary: 'Flag for the sample', body: Flag, answer: MarkEntered },
  [`POST ${CANDIDATE}/script`]: { who: APPOINTEE, summary: 'Script received or not', body: Script, answer: MarkEntered },
  [`POST ${CANDIDATE}/concern`]: { who: APPOINTEE, summary: 'Raise a concern', body: Concern, answer: MarkEntered },
  'POST /emi/:component/submissions': { who: APPOINTEE, summary: 'Submit marks', body: Submit, answer: Receipt, factor: 'this-sign-in' },
  'GET /emi/:component/submissions': { who: APPOINTEE, summary: 'Receipts, newest first', answer: z.array(Receipt) },
  'GET /iamis': { who: ANYONE_KNOWN, summary: 'Units to moderate, with counts', answer: z.array(IamisSummary) },
  'GET /iamis/:component': { who: ANYONE_KNOWN, summary: 'One unit, in some capacity', answer: IamisSummary },
  'GET /iamis/:component/centres': { who: ANYONE_KNOWN, summary: 'Centres of a unit', answer: z.array(IamisCentre) },
  [`GET ${CENTRE}/sample`]: { who: ANYONE_KNOWN, summary: 'The sample, with both marks', answer: IamisSample },
  [`GET ${CENTRE}/outcome`]: { who: ANYONE_KNOWN, summary: 'What came of it', answer: IamisOutcome },
  [`GET ${CENTRE}/report`]: { who: ANYONE_KNOWN, summary: 'The report to the centre', answer: CentreReport },
  [`GET ${CENTRE}/changes`]: { who: ANYONE_KNOWN, summary: 'Changes of the centre’s marks', answer: z.array(CentreMarkChange) },
  [`PUT ${SAMPLED}/mark`]: { who: APPOINTEE, summary: 'Enter a moderator mark', body: ReviewMark, answer: MarkReviewedAs },
  [`POST ${SAMPLED}/work`]: { who: APPOINTEE, summary: 'Work received or not', body: Work, answer: IamisRecorded },
  [`POST ${SAMPLED}/replacement`]: { who: APPOINTEE, summary: 'Look at somebody else instead', body: Reasoned, answer: IamisRecorded },
  [`POST ${SAMPLED}/change`]: { who: ['appointee', 'admin'], summary: 'Ask for a centre mark to be changed', body: ChangeWanted, answer: IamisRecorded },
  [`POST ${CENTRE}/changes/:change`]: { who: APPOINTEE, summary: 'Decide a change', body: ChangeDecision, answer: IamisRecorded },
  [`POST ${CENTRE}/further-sample`]: { who: APPOINTEE, summary: 'Draw a further sample', body: FurtherSample, answer: IamisRecorded },
  [`PUT ${CENTRE}/report`]: { who: APPOINTEE, summary: 'Save or complete the report', body: SaveReport, answer: IamisRecorded },
  [`POST ${CENTRE}/report/reopening`]: { who: APPOINTEE, summary: 'Reopen the report', body: Nothing, answer: IamisRecorded },
  [`POST ${CENTRE}/submission`]: { who: APPOINTEE, summary: 'Submit a moderation', body: Nothing, answer: IamisRecorded, factor: 'this-sign-in' },
  [`POST ${CENTRE}/approval`]: { who: APPOINTEE, summary: 'Approve an outcome', body: Approval, answer: IamisRecorded, factor: 'recent' },
  [`POST ${CENTRE}/return`]: { who: APPOINTEE, summary: 'Return an outcome or the marks', body: Return, answer: IamisRecorded },
  [`POST ${CENTRE}/choice`]: { who: APPOINTEE, summary: 'Decide how to adjust', body: Choose, answer: IamisRecorded },
  [`POST ${CENTRE}/what-if`]: { who: APPOINTEE, summary: 'Compare choices; nothing is recorded', body: WhatIf, answer: z.array(Comparison) },
  [`POST ${CENTRE}/reallocation`]: { who: APPOINTEE, summary: 'Give a centre to another moderator', body: ReallocateModerator, answer: IamisRecorded },
  'GET /history/:component/:centre/:candidate': {
    who: READER,
    summary: 'How a mark came to be',
    answer: z.array(HistoryEntry),
  },
  'GET /audit/sign-ins': { who: ['auditor'], summary: 'What happened at sign-ins, newest first', answer: z.array(SignInLogEntry) },
  'POST /documents': { who: ANYONE_KNOWN, summary: 'Ask for a document; an export wants a factor of late', body: RequestDocument, answer: Document },
  'GET /documents': { who: ANYONE_KNOWN, summary: 'Documents that one asked for, newest first', answer: z.array(Document) },
  'GET /documents/:id': { who: ANYONE_KNOWN, summary: 'One document, and how far it is; somebody else’s is none (404), here and below', answer: Document },
  'GET /documents/:id/content': { who: ANYONE_KNOWN, summary: 'Its bytes; that they were read is recorded', gives: 'application/octet-stream' },
  'HEAD /documents/:id/content': { who: ANYONE_KNOWN, summary: 'What stands above its bytes; nothing is recorded', gives: 'application/octet-stream' },
  'GET /documents/:id/progress': { who: ANYONE_KNOWN, summary: 'Server-sent events: how far it is', gives: 'text/event-stream' },
  'POST /documents/:id/retry': { who: ANYONE_KNOWN, summary: 'Try one again that is parked', answer: Document },
  'GET /document-offers': { who: ANYONE_KNOWN, summary: 'What one may ask for, by component and role', answer: z.array(DocumentOffer) },
  'PUT /agendas/:component': { who: ADMIN, summary: 'Upload the agenda of a conference', takes: 'application/pdf', mostBytes: AGENDA_BYTES, answer: Document },
  'GET /agendas/:component': { who: ANYONE_KNOWN, summary: 'The agenda of a conference', answer: Document },
  'GET /agendas/:component/content': { who: ANYONE_KNOWN, summary: 'Its bytes; that they were read is recorded', gives: 'application/pdf' },
  'HEAD /agendas/:component/content': { who: ANYONE_KNOWN, summary: 'What stands above its bytes; nothing is recorded', gives: 'application/pdf' },
  'POST /team/:component/work-as': { who: APPOINTEE, summary: 'Work in another capacity from here on', answer: WorkingAs },
  'GET /team/:component': { who: ANYONE_KNOWN, summary: 'The team as a tree', answer: z.array(TeamNode) },
  'PUT /admin/components/:component': { who: ADMIN, summary: 'Define or change a component', body: Component, answer: Component },
  'GET /admin/components/:component': { who: ['admin', 'auditor'], summary: 'How a component is set up', answer: Component },
  'POST /admin/components/:component/allocations': { who: ADMIN, summary: 'Allocate candidates', body: ImportRows, answer: ImportAnswer },
  'POST /admin/components/:component/centre-marks': {
    who: ADMIN,
    summary: 'Import the marks of centres: all of the file or nothing',
    body: CentreMarksFile,
    answer: CentreMarksAnswer,
    mostBytes: MARKS_FILE_BYTES,
  },
  'POST /admin/components/:component/team': { who: ADMIN, summary: 'Place the team', body: ImportRows, answer: ImportAnswer, factor: 'recent' },
  'POST /admin/candidates': { who: ADMIN, summary: 'Register candidates', body: ImportRows, answer: ImportAnswer },
  'POST /admin/centres': { who: ADMIN, summary: 'Name centres', body: ImportRows, answer: ImportAnswer },
  'POST /admin/accounts': { who: ADMIN, summary: 'Create an account', body: CreateAccount, answer: AccountCreated, factor: 'recent' },
  'POST /admin/accounts/rows': { who: ADMIN, summary: 'Create accounts of people, and invite them', body: ImportRows, answer: AccountsAnswer, factor: 'recent' },
  'POST /admin/accounts/:username/disable': { who: ADMIN, summary: 'Keep an account from being signed in to', answer: AccountChanged, factor: 'recent' },
  'POST /admin/accounts/:username/enable': { who: ADMIN, summary: 'Open a disabled account again', answer: AccountChanged, factor: 'recent' },
  'POST /admin/accounts/:username/temporary-pass': { who: ADMIN, summary: 'A pass in place of a second factor, once', answer: TemporaryPass, factor: 'recent' },
  'POST /admin/accounts/:username/unlock': { who: ADMIN, summary: 'Unlock an account', answer: AccountChanged, factor: 'recent' },
  'POST /admin/accounts/:username/reset-factors': { who: ADMIN, summary: 'Take away the second factors of an account', answer: AccountChanged, factor: 'recent' },
  'POST /admin/accounts/:username/end-sessions': { who: ADMIN, summary: 'End every sign-in of an account', answer: AccountChanged, factor: 'recent' },
  'POST /admin/keys/rotation': { who: ADMIN, summary: 'Sign with a new key from now on', answer: KeysRotated, factor: 'recent' },
};

/** What this path takes: empty where there is nothing at it. */
export function methodsAt(path: string): readonly string[] {
  return PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}

export const isRoute = (path: string): boolean => methodsAt(path).length > 0;

const PATTERNS = Object.keys(ROUTES).map((route) => {
  const [method, path] = route.split(' ') as [string, string];
  return { method, pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}/?$`) };
});

export const isPermitted = (who: Who, roles: readonly string[]): boolean =>
  typeof who === 'string' || who.some((role) => roles.includes(role));
