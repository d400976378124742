/** Which stream holds what: the names, and the one table from event type to stream. */
import type { AccountEvent, PersonEvent, RefusalOfPasswordEvent, SessionEvent, SigningKeyEvent } from './account/events.js';
import type { CandidateEvent, ErasureEvent } from './candidate/events.js';
import type { CentreMarksImportEvent } from './centre-marks-import/events.js';
import type { CentreEvent } from './centre/events.js';
import type { ComponentEvent } from './component/events.js';
import type { DocumentEvent } from './document/events.js';
import type { FreeTextEvent } from './free-text/events.js';
import type { MarkSheetEvent } from './mark-sheet/events.js';
import type { ModerationEvent } from './moderation/events.js';
import type { SubmissionEvent } from './submission/events.js';
import type { TeamEvent } from './team/events.js';

export type PortalEvent =
  | AccountEvent
  | CandidateEvent
  | CentreEvent
  | CentreMarksImportEvent
  | ComponentEvent
  | DocumentEvent
  | ErasureEvent
  | FreeTextEvent
  | MarkSheetEvent
  | ModerationEvent
  | PersonEvent
  | RefusalOfPasswordEvent
  | SessionEvent
  | SigningKeyEvent
  | SubmissionEvent
  | TeamEvent;

/** A component id is `CODE@YYYY-MM`; the slashes of the code are written `%2F`, nothing else is. */
export const markSheetStream = (component: string, centre: string): string =>
  `markSheet-${encoded(component)}-${centre}`;
/** `centre`: in a consortium the leading one. */
export const moderationStream = (component: string, centre: string): string =>
  `moderation-${encoded(component)}-${centre}`;
export const componentStream = (component: string): string => `component-${encoded(component)}`;
export const teamStream = (component: string): string => `team-${encoded(component)}`;
export const accountStream = (account: string): string => `account-${account}`;
/** `id` is random: it is what AccountCreated calls `person`. */
export const personStream = (id: string): string => `person-${id}`;
/** `id` is random and never used again. */
export const candidateStream = (id: string): string => `candidate-${id}`;
export const centreStream = (centre: string): string => `centre-${centre}`;
/** `text` is random and never used again. */
export const freeTextStream = (text: string): string => `text-${text}`;
export const documentStream = (document: string): string => `document-${document}`;
export const importStream = (commandId: string): string => `import-${commandId}`;
export const submissionStream = (commandId: string): string => `submission-${commandId}`;
export const sessionStream = (session: string): string => `session-${session}`;
/** Refused sign-ins under unknown names; `day` is `YYYY-MM-DD` in UTC. */
export const refusedNamesStream = (day: string): string => `signInRefusals-${day}`;
export const ERASURES = 'erasures';
export const SIGNING_KEYS = 'signingKeys';
export const NOTARY = 'notary';

/** `9521/01` of `9521/01@2017-01`. */
export function codeOf(component: string): string {
  const at = component.indexOf('@');
  return at < 0 ? component : component.slice(0, at);
}

/** What the stream name of a mark sheet or a moderation says; its last five characters are the centre. */
export function sheetOfStream(stream: string): { readonly component: string; readonly centre: string } {
  if (stream !== lastAsked) {
    lastAsked = stream;
    const component = stream.slice(stream.indexOf('-') + 1, -6).replaceAll('%2F', '/');
    lastSheet = { component, centre: stream.slice(-5) };
  }
  return lastSheet;
}

/** Every view that counts asks the same of the same event, one after another. */
let lastAsked = '';
let lastSheet = { component: '', centre: '' };

/** Event type → beginning of the names of the streams that hold it. */
export const STREAMS_OF = {
  AccountCreated: ['account-'],
  AccountUnlocked: ['account-'],
  PasswordChosen: ['account-'],
  PasswordReset: ['account-'],
  AccountDisabled: ['account-'],
  AccountEnabled: ['account-'],
  TemporaryPassIssued: ['account-'],
  AccountLocked: ['account-'],
  FactorSetUp: ['account-'],
  FactorLocked: ['account-'],
  FactorsReset: ['account-'],
  PasswordRefused: ['account-', 'signInRefusals-'],
  PersonRecorded: ['person-'],
  SignInStarted: ['session-'],
  SignedIn: ['session-'],
  SignedOut: ['session-'],
  WorkAsChanged: ['session-'],
  SessionRevoked: ['session-'],
  FactorProven: ['session-'],
  CodeSent: ['session-'],
  CodeRefused: ['session-'],
  ApprovalRequested: ['session-'],
  ApprovalGranted: ['session-'],
  ApprovalDenied: ['session-'],
  ApprovalExpired: ['session-'],
  SigningKeyRotated: [SIGNING_KEYS],
  CandidateRegistered: ['candidate-'],
  CandidateErased: [ERASURES],
  CentreNamed: ['centre-'],
  CentreMarksImportStarted: ['import-'],
  CentreMarksImportCompleted: ['import-'],
  ComponentDefined: ['component-'],
  ComponentSettingChanged: ['component-'],
  DeadlineExtended: ['component-'],
  TextWritten: ['text-'],
  DocumentRequested: ['document-'],
  DocumentRequestedAgain: ['document-'],
  DocumentRendered: ['document-'],
  DocumentFailed: ['document-'],
  DocumentLost: ['document-'],
  DocumentDownloaded: ['document-'],
  AgendaUploaded: ['document-'],
  TeamMemberPlaced: ['team-'],
  TeamMemberRemoved: ['team-'],
  SubmissionStarted: ['submission-'],
  SubmissionCompleted: ['submission-'],
  MarkSheetAllocated: ['markSheet-'],
  MarkEntered: ['markSheet-'],
  MarkCorrected: ['markSheet-'],
  AbsenceRecorded: ['markSheet-'],
  MarkCleared: ['markSheet-'],
  MarkConfirmed: ['markSheet-'],
  MarksVerified: ['markSheet-'],
  SampleFlagged: ['markSheet-'],
  SampleUnflagged: ['markSheet-'],
  ScriptNotReceived: ['markSheet-'],
  ScriptReceived: ['markSheet-'],
  UnlistedScriptReported: ['markSheet-'],
  ConcernRaised: ['markSheet-'],
  CandidateWithdrawn: ['markSheet-'],
  MarksSubmitted: ['markSheet-'],
  MarkSheetReallocated: ['markSheet-'],
  ModeratorAllocated: ['moderation-'],
  ModeratorReallocated: ['moderation-'],
  CentreMarksReceived: ['moderation-'],
  CentreMarksSubmitted: ['moderation-'],
  SampleDrawn: ['moderation-'],
  ModerationClosed: ['moderation-'],
  ModeratorMarkEntered: ['moderation-'],
  ModeratorMarkCorrected: ['moderation-'],
  ModeratorMarkCleared: ['moderation-'],
  WorkNotReceived: ['moderation-'],
  WorkReceived: ['moderation-'],
  SampleCandidateReplaced: ['moderation-'],
  FurtherSampleRequested: ['moderation-'],
  FurtherSampleDrawn: ['moderation-'],
  CentreMarkChangeRequested: ['moderation-'],
  CentreMarkChangeRefused: ['moderation-'],
  CentreMarkAmended: ['moderation-'],
  LateCentreMarkReceived: ['moderation-'],
  CentreReportSaved: ['moderation-'],
  CentreReportCompleted: ['moderation-'],
  CentreReportReopened: ['moderation-'],
  OutcomeComputed: ['moderation-'],
  OutcomeChosen: ['moderation-'],
  ModerationSubmitted: ['moderation-'],
  OutcomeApproved: ['moderation-'],
  OutcomeReturned: ['moderation-'],
  CentreMarksReturned: ['moderation-'],
} as const satisfies Record<PortalEvent['type'], readonly string[]>;

function encoded(component: string): string {
  return component.replaceAll('/', '%2F');
}
