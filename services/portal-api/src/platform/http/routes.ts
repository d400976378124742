import {
  AccountCreated,
  Component,
  Concern,
  CreateAccount,
  EmiSummary,
  EnterMark,
  EnterMarks,
  Flag,
  HistoryEntry,
  ImportAnswer,
  ImportRows,
  MarkAnswer,
  MarkEntered,
  Me,
  Reallocate,
  Receipt,
  Recorded,
  Script,
  ServiceEntry,
  Sheet,
  SheetSummary,
  Submit,
  TeamNode,
  Unlisted,
  Verify,
} from '@portal/contract';
import { z, type ZodType } from 'zod';

/** May this role call this at all? `anyone` needs no sign-in, `signed-in` any role. */
export type Who = 'anyone' | 'signed-in' | readonly ('appointee' | 'auditor' | 'admin')[];

export interface Route {
  readonly who: Who;
  readonly summary: string;
  readonly body?: ZodType;
  readonly answer?: ZodType;
}

const APPOINTEE = ['appointee'] as const;
/** Auditors read everything and change nothing. */
const READER = ['appointee', 'auditor'] as const;
const ADMIN = ['admin'] as const;
const SHEET = '/emi/:component/sheets/:centre';
const CANDIDATE = `${SHEET}/candidates/:candidate`;

/** Every route there is. One that is not here does not start; whether it is *their* sheet is a rule of the domain. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /health': { who: 'anyone', summary: 'Is the process alive?' },
  'GET /ready': { who: 'anyone', summary: 'Can it serve?' },
  'GET /openapi.json': { who: 'anyone', summary: 'This document' },
  'GET /me': { who: 'signed-in', summary: 'Who is signed in, and in which capacities', answer: Me },
  'GET /services': { who: 'signed-in', summary: 'All services, and what waits in each', answer: z.array(ServiceEntry) },
  'GET /doorbell': { who: 'signed-in', summary: 'Server-sent events: something has changed' },
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
  'POST /emi/:component/submissions': { who: APPOINTEE, summary: 'Submit marks', body: Submit, answer: Receipt },
  'GET /emi/:component/submissions': { who: APPOINTEE, summary: 'Receipts, newest first', answer: z.array(Receipt) },
  'GET /history/:component/:centre/:candidate': {
    who: READER,
    summary: 'How a mark came to be',
    answer: z.array(HistoryEntry),
  },
  'GET /team/:component': { who: ['appointee', 'auditor', 'admin'], summary: 'The team as a tree', answer: z.array(TeamNode) },
  'PUT /admin/components/:component': { who: ADMIN, summary: 'Define or change a component', body: Component, answer: Component },
  'GET /admin/components/:component': { who: ['admin', 'auditor'], summary: 'How a component is set up', answer: Component },
  'POST /admin/components/:component/allocations': { who: ADMIN, summary: 'Allocate candidates', body: ImportRows, answer: ImportAnswer },
  'POST /admin/components/:component/team': { who: ADMIN, summary: 'Place the team', body: ImportRows, answer: ImportAnswer },
  'POST /admin/candidates': { who: ADMIN, summary: 'Register candidates', body: ImportRows, answer: ImportAnswer },
  'POST /admin/centres': { who: ADMIN, summary: 'Name centres', body: ImportRows, answer: ImportAnswer },
  'POST /admin/accounts': { who: ADMIN, summary: 'Create an account', body: CreateAccount, answer: AccountCreated },
};

/** What this path takes: empty where there is nothing at it. */
export function methodsAt(path: string): readonly string[] {
  return PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
}

const PATTERNS = Object.keys(ROUTES).map((route) => {
  const [method, path] = route.split(' ') as [string, string];
  return { method, pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}/?$`) };
});

export const isPermitted = (who: Who, roles: readonly string[]): boolean =>
  typeof who === 'string' || who.some((role) => roles.includes(role));
