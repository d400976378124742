import type { Problem, ProblemType } from '@portal/contract';
import { kebabCase, type Refusal } from '@portal/domain';
import type { Failed, Refused } from '../answer.js';

/** The one table from "no" to status, and the sentence for people who read raw answers. */
const PROBLEMS: Readonly<Record<ProblemType, readonly [status: number, title: string]>> = {
  'malformed-request': [422, 'The request is not well formed'],
  'too-large': [413, 'The request is too large'],
  'not-found': [404, 'There is nothing at this address'],
  'method-not-allowed': [405, 'This address does not take this method'],
  'unsupported-media-type': [415, 'The body is of another kind than is taken here'],
  'too-many-requests': [429, 'Too many requests'],
  'command-id-reused': [422, 'This command id was used for something else'],
  'not-signed-in': [401, 'Not signed in'],
  'not-permitted': [403, 'Not permitted'],
  'capacity-not-held': [403, 'This capacity is not held here'],
  'sign-in-refused': [401, 'The sign-in was refused'],
  'password-refused': [401, 'The password was refused'],
  'password-common': [422, 'The password is too easily guessed'],
  'code-refused': [401, 'The code was refused'],
  'approval-denied': [401, 'The sign-in was not approved'],
  'approval-expired': [401, 'The number has expired'],
  'factor-unavailable': [409, 'This way of signing in is not set up or not open at the moment'],
  'factor-needed': [401, 'Sign in again first'],
  'factor-not-set-up': [403, 'A second way of proving who you are is to be set up first'],
  'pairing-refused': [401, 'The pairing code is not known, was used, or is too old'],
  'device-refused': [401, 'The device is not known here, or its signature is not right'],
  'request-settled': [409, 'There is no such open request'],
  'component-unknown': [404, 'There is no such component'],
  'component-ambiguous': [409, 'More than one series has this component: name it CODE@YYYY-MM'],
  'centre-unknown': [404, 'There is no such centre here'],
  'candidate-unknown': [404, 'There is no such candidate here'],
  'not-your-candidate': [403, 'The candidate is allocated to somebody else'],
  'mark-malformed': [422, 'This is not a mark'],
  'mark-out-of-range': [422, 'The mark is over the maximum'],
  'mark-not-half': [422, 'Marks here are whole: half marks are not used'],
  'mark-locked': [409, 'The mark is submitted and locked'],
  'mark-not-entered': [409, 'No mark is entered'],
  'marks-unconfirmed': [409, 'Zero or full marks have not been confirmed'],
  'no-marks-to-submit': [409, 'There are no marks to submit'],
  'script-outstanding': [409, 'The script has been reported as not received'],
  'candidate-withdrawn': [409, 'The candidate was withdrawn'],
  reallocated: [409, 'The candidate was reallocated'],
  'already-allocated': [409, 'The candidate is allocated already'],
  'entered-marks-remain': [409, 'Marks entered and not submitted remain'],
  'verification-differs': [409, 'The second entry differs from the first'],
  'changed-elsewhere': [409, 'The mark was changed elsewhere'],
  'maximum-below-mark': [409, 'A mark already entered is higher than this maximum'],
  'examiner-ambiguous': [422, 'More than one examiner has candidates here: say from whom'],
  'not-your-centre': [403, 'The centre is allocated to somebody else'],
  'already-moderated': [409, 'The centre has a moderator already'],
  'nobody-allocated': [409, 'No moderator is allocated to this centre'],
  'rows-refused': [422, 'Rows were refused, and nothing was imported'],
  'centre-marks-missing': [409, 'Marks of a centre have not come'],
  'centre-marks-locked': [409, 'The centre’s marks are submitted and locked'],
  'centre-marks-open': [409, 'The centre’s marks are not submitted yet'],
  'not-in-sample': [409, 'The candidate is not in the sample'],
  'nobody-eligible': [409, 'No other candidate can be sampled'],
  'work-outstanding': [409, 'The work has been reported as not received'],
  'moderation-locked': [409, 'The moderation is closed'],
  'moderation-not-submitted': [409, 'The moderation has not been submitted'],
  'review-remaining': [409, 'Candidates of the sample have no moderator mark'],
  'report-incomplete': [409, 'The centre report is not complete'],
  'report-completed': [409, 'The centre report is completed'],
  'change-unknown': [404, 'There is no such request for a change'],
  'change-settled': [409, 'The request has been decided'],
  'outcome-undecided': [409, 'The principal has to decide first'],
  'outcome-changed': [409, 'Another outcome is in force now'],
  'not-independent': [403, 'Whoever had a hand in it does not approve it'],
  'method-unsuitable': [409, 'The method cannot be used here'],
  'not-senior': [403, 'Only a senior of both may do this'],
  'person-unknown': [422, 'There is no such person'],
  'account-exists': [409, 'There is such an account already'],
  'role-unknown': [422, 'There is no such role'],
  'own-account': [409, 'Somebody else must do this'],
  'team-cycle': [409, 'Nobody can stand above themselves'],
  'setting-malformed': [422, 'A setting is not well formed'],
  'document-unknown': [404, 'There is no such document'],
  'document-not-ready': [409, 'The document is not ready'],
  'document-lost': [409, 'The file of the document is not there any more'],
  'agenda-lost': [409, 'The file of the agenda is not there any more'],
  'not-a-pdf': [422, 'This is not a PDF'],
  'store-full': [507, 'The disk is full: nothing was recorded'],
  'outcome-unknown': [503, 'It is not known whether this was recorded: repeat it with the same id'],
  'view-behind': [503, 'The counts are not up to date yet'],
  unavailable: [503, 'Not available at the moment'],
  internal: [500, 'Something went wrong here'],
};

export function problem(type: ProblemType, detail: string, more: Readonly<Record<string, unknown>> = {}): Problem {
  const [status, title] = PROBLEMS[type];
  return { type, title, status, detail, ...more };
}

/** Which input a refusal is about. */
const FIELDS: Partial<Record<Refusal['reason'], string>> = {
  MarkMalformed: 'mark',
  MarkOutOfRange: 'mark',
  MarkNotHalf: 'mark',
  CandidateUnknown: 'candidate',
  CandidateWithdrawn: 'candidate',
  NotYourCandidate: 'candidate',
  Reallocated: 'candidate',
  MarkLocked: 'candidate',
  MarkNotEntered: 'candidate',
  ScriptOutstanding: 'candidate',
  ChangedElsewhere: 'expect',
  CentreUnknown: 'centre',
  ComponentUnknown: 'component',
  ExaminerAmbiguous: 'from',
  PersonUnknown: 'person',
  RoleUnknown: 'role',
  AccountExists: 'username',
  MaximumBelowMark: 'maximum',
  NotYourCentre: 'centre',
  AlreadyModerated: 'centre',
  NobodyAllocated: 'centre',
  CentreMarksMissing: 'centre',
  CentreMarksLocked: 'centre',
  CentreMarksOpen: 'centre',
  ModerationLocked: 'centre',
  ModerationNotSubmitted: 'centre',
  ReviewRemaining: 'centre',
  NotInSample: 'candidate',
  NobodyEligible: 'candidate',
  WorkOutstanding: 'candidate',
  RowsRefused: 'rows',
  ReportIncomplete: 'report',
  ReportCompleted: 'report',
  ChangeUnknown: 'change',
  ChangeSettled: 'change',
  OutcomeUndecided: 'outcome',
  OutcomeChanged: 'outcome',
  MethodUnsuitable: 'method',
  DocumentUnknown: 'document',
  DocumentNotReady: 'document',
};

export function problemOfRefusal(refusal: Refusal): Problem {
  const { reason, ...data } = refusal;
  const type = kebabCase(reason) as ProblemType;
  const [, title] = PROBLEMS[type];
  const field = FIELDS[reason];
  const named = 'candidate' in data && typeof data.candidate === 'string' ? `${title} (${data.candidate})` : title;
  return problem(type, named, { ...(field !== undefined && { field }), ...data });
}

const FAILURES: Readonly<Record<Failed['failed'], ProblemType>> = {
  deleted: 'not-found',
  full: 'store-full',
  unknown: 'outcome-unknown',
  contended: 'unavailable',
  reused: 'command-id-reused',
};

export function problemOfFailure(failure: Failed['failed']): Problem {
  const type = FAILURES[failure];
  return problem(type, PROBLEMS[type][1]);
}

/** The problem in an answer that is none; undefined where there is a result. */
export function problemIn(answer: object): Problem | undefined {
  if ('refused' in answer && isRefusal(answer)) return problemOfRefusal(answer.refused);
  return 'failed' in answer ? problemOfFailure((answer as Failed).failed) : undefined;
}

/** An import answer has a list of refused rows under the same name. */
const isRefusal = (answer: object): answer is Refused => !Array.isArray((answer as { refused: unknown }).refused);
