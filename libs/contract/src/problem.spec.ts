import { describe, expect, it } from '@jest/globals';
import type { KebabCase, Refusal } from '@portal/domain';
import { kebabCase } from '@portal/domain';
import type { ProblemType } from './problem.js';
import { Problem, PROBLEM_TYPES } from './problem.js';

/** Compiles only while every refusal of the domain has its problem type. */
const typeOf: { readonly [Reason in Refusal['reason']]: KebabCase<Reason> & ProblemType } = {
  AccountExists: 'account-exists',
  OwnAccount: 'own-account',
  AlreadyAllocated: 'already-allocated',
  ExaminerAmbiguous: 'examiner-ambiguous',
  CandidateUnknown: 'candidate-unknown',
  CandidateWithdrawn: 'candidate-withdrawn',
  CentreUnknown: 'centre-unknown',
  ChangedElsewhere: 'changed-elsewhere',
  ComponentUnknown: 'component-unknown',
  DocumentNotReady: 'document-not-ready',
  DocumentUnknown: 'document-unknown',
  EnteredMarksRemain: 'entered-marks-remain',
  MarkLocked: 'mark-locked',
  MarkMalformed: 'mark-malformed',
  MarkNotEntered: 'mark-not-entered',
  MarkNotHalf: 'mark-not-half',
  MarkOutOfRange: 'mark-out-of-range',
  MarksUnconfirmed: 'marks-unconfirmed',
  MaximumBelowMark: 'maximum-below-mark',
  NoMarksToSubmit: 'no-marks-to-submit',
  NotYourCentre: 'not-your-centre',
  AlreadyModerated: 'already-moderated',
  NobodyAllocated: 'nobody-allocated',
  RowsRefused: 'rows-refused',
  CentreMarksMissing: 'centre-marks-missing',
  CentreMarksLocked: 'centre-marks-locked',
  CentreMarksOpen: 'centre-marks-open',
  NotInSample: 'not-in-sample',
  NobodyEligible: 'nobody-eligible',
  WorkOutstanding: 'work-outstanding',
  ModerationLocked: 'moderation-locked',
  ModerationNotSubmitted: 'moderation-not-submitted',
  ReviewRemaining: 'review-remaining',
  ReportIncomplete: 'report-incomplete',
  ReportCompleted: 'report-completed',
  ChangeUnknown: 'change-unknown',
  ChangeSettled: 'change-settled',
  OutcomeUndecided: 'outcome-undecided',
  OutcomeChanged: 'outcome-changed',
  NotIndependent: 'not-independent',
  MethodUnsuitable: 'method-unsuitable',
  NotPermitted: 'not-permitted',
  NotSenior: 'not-senior',
  NotYourCandidate: 'not-your-candidate',
  PersonUnknown: 'person-unknown',
  Reallocated: 'reallocated',
  RoleUnknown: 'role-unknown',
  ScriptOutstanding: 'script-outstanding',
  SettingMalformed: 'setting-malformed',
  TeamCycle: 'team-cycle',
  VerificationDiffers: 'verification-differs',
};

describe('a problem', () => {
  it.each(Object.entries(typeOf))('of reason %s is called %s', (reason, type) => {
    expect(kebabCase(reason)).toBe(type);
    expect(PROBLEM_TYPES).toContain(type);
  });

  it('has one name for one thing', () => {
    expect(new Set(PROBLEM_TYPES).size).toBe(PROBLEM_TYPES.length);
    for (const type of PROBLEM_TYPES) expect(type).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('keeps the members of its type', () => {
    const problem = {
      type: 'mark-out-of-range',
      title: 'Over',
      status: 422,
      detail: 'x',
      field: 'mark',
      maximum: 80,
    };
    expect(Problem.parse(problem)).toEqual(problem);
    expect(Problem.safeParse({ ...problem, status: '422' }).success).toBe(false);
    expect(Problem.safeParse({ ...problem, type: undefined }).success).toBe(false);
  });
});
