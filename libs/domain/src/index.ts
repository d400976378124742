export * from './decider.js';
export * from './refusal.js';
export * from './streams.js';
export * from './account/events.js';
export * from './candidate/events.js';
export * from './centre/events.js';
export * from './centre-marks-import/events.js';
export * from './component/events.js';
export * from './document/events.js';
export * from './free-text/events.js';
export * from './mark-sheet/events.js';
export * from './moderation/events.js';
export * from './submission/events.js';
export * from './team/events.js';
export * from './mark.js';
export * from './text.js';
export * from './mark-sheet/commands.js';
export * from './mark-sheet/refusal.js';
export {
  allCandidates,
  candidateOf,
  isCandidateNumber,
  type Candidate,
  type Candidates,
} from './mark-sheet/candidates.js';
export { countsOf, scaleOf, type Counts, type MarkSheet } from './mark-sheet/state.js';
export { highestOf } from './mark-sheet/allocating.js';
export { leftOutOf } from './mark-sheet/submitting.js';
export { markSheet } from './mark-sheet/decide.js';
export { moderation } from './moderation/decide.js';
export type * from './moderation/commands.js';
export type { ModerationRefusal, RowRefused } from './moderation/refusal.js';
export { MODERATION_ROLES } from './moderation/permissions.js';
export {
  candidateAt,
  inOrder as moderatedInOrder,
  isRemaining,
  type Candidate as ModeratedCandidate,
} from './moderation/candidates.js';
export { moderated } from './moderation/outcomes.js';
export {
  phaseOf,
  scaleOf as moderationScaleOf,
  standingOf,
  type Change as CentreMarkChange,
  type Moderation,
  type Phase as ModerationPhase,
} from './moderation/state.js';
export { component, type ComponentCommand } from './component/decide.js';
export type { ComponentRefusal } from './component/refusal.js';
export { moderatingOf, type Moderating } from './component/moderating.js';
export { componentId, isInstant, seriesOf } from './component/settings.js';
export { deadlineOf, type Component } from './component/state.js';
export { team, type TeamCommand } from './team/decide.js';
export type { TeamRefusal } from './team/refusal.js';
export { hasRole, isSenior, isTeamRole, juniorsOf, rolesOf, type Placement, type Team } from './team/state.js';
export { account, type AccountCommand, type Locked } from './account/decide.js';
export type { AccountRefusal } from './account/refusal.js';
export { signingKeys, type RotateSigningKey, type SigningKeysState } from './account/signing-keys.js';
export { refusedNames, type RefusedNames, type RefuseName } from './account/refused-names.js';
export type { Account } from './account/state.js';
export { person, type Person, type PersonRefusal, type RecordPerson } from './account/person.js';
export { session, type Session, type SessionCommand } from './account/session.js';
export {
  candidate,
  erasures,
  type CandidateRefusal,
  type EraseCandidate,
  type RegisterCandidate,
} from './candidate/decide.js';
export { centreMarksImport, type CentreMarksImport, type CentreMarksImportCommand } from './centre-marks-import/decide.js';
export { centre, type CentreRefusal, type NameCentre } from './centre/decide.js';
export { document, type DocumentCommand } from './document/decide.js';
export { DOCUMENT_ROLES, documentKindsFor, ownPartOnly, mayAskForDocuments } from './document/permissions.js';
export type { DocumentRefusal } from './document/refusal.js';
export { isOutstanding, type Document } from './document/state.js';
export { freeText, type FreeTextRefusal, type WriteText } from './free-text/decide.js';
export {
  submission,
  type Submission,
  type SubmissionCommand,
  type SubmissionRefusal,
} from './submission/decide.js';
export { orderOf, type Order, type Pair } from './adjustment/order.js';
export { comparisonOf, type Compared, type Figures } from './adjustment/comparison.js';
export * from './adjustment/outcome.js';
export * from './adjustment/settings.js';
export { fitted, type Fit } from './adjustment/fit.js';
export { readFraction } from './adjustment/fraction.js';
export * from './sampling/rules.js';
export { drawFurther, drawSample, nearest, type Draw, type Eligible } from './sampling/sample.js';
export { VIEWS } from './views/all.js';
export * from './views/agendas.js';
export * from './views/all-services.js';
export * from './views/candidate-names.js';
export { centreMarkChanges, type ChangeRow } from './views/centre-mark-changes.js';
export * from './views/centres.js';
export * from './views/components.js';
export * from './views/document.js';
export { documentList, documentsOfComponent, documentsOfPerson, type DocumentListDocument } from './views/document-list.js';
export * from './views/emi-summary.js';
export * from './views/ended-sessions.js';
export { historyOf, saidOf, type HistoryEntry } from './views/history.js';
export * from './views/iamis-centres.js';
export * from './views/iamis-summary.js';
export { columnsOf, type IamisCounts } from './views/moderating-counts.js';
export * from './views/mark-sheets.js';
export { moderationHistoryOf } from './views/moderation-history.js';
export { moderationOutcome, verdictOf, type ModerationOutcome, type OutcomeRow } from './views/moderation-outcome.js';
export { returnedIn, type ReturnedWhat } from './views/moderation-returned.js';
export { sampleOf, type Sample, type SampleRow } from './views/moderation-sample.js';
export * from './views/open-documents.js';
export * from './views/open-imports.js';
export * from './views/open-submissions.js';
export * from './views/people.js';
export * from './views/ready-documents.js';
export * from './views/receipts.js';
export * from './views/sheet.js';
export * from './views/sign-ins.js';
export * from './views/teams.js';
export * from './views/unread-documents.js';
export type { Recorded, View } from './views/view.js';
