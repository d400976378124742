/** Why a moderation says no. Marks and maxima in refusals are in points, as people read them. */
import type { Choice, Flag, Unsuitable } from '../adjustment/outcome.js';
import type { MarkRefusal } from '../mark.js';

interface About {
  readonly candidate: string;
}

export interface RowRefused {
  /** From 0, as given. */
  readonly row: number;
  readonly candidate: string;
  readonly field: 'CandidateNo' | 'Mark' | 'TeachingGroup';
  readonly why: MarkRefusal['reason'] | 'CandidateUnknown' | 'CandidateRepeated' | 'SettingMalformed';
}

export type ModerationRefusal =
  | MarkRefusal
  /** No role that may ask this. */
  | { readonly reason: 'NotPermitted'; readonly role: string }
  | { readonly reason: 'NotYourCentre'; readonly centre: string }
  | { readonly reason: 'NotSenior'; readonly person: string }
  /** It was theirs; `to` has it now. */
  | ({ readonly reason: 'Reallocated'; readonly to: string } & About)
  | { readonly reason: 'AlreadyModerated'; readonly moderator: string }
  | { readonly reason: 'NobodyAllocated' }
  | { readonly reason: 'CentreUnknown'; readonly centre: string }
  | ({ readonly reason: 'CandidateUnknown' } & About)
  | { readonly reason: 'RowsRefused'; readonly rows: readonly RowRefused[] }
  /** Of these centres no mark has come. */
  | { readonly reason: 'CentreMarksMissing'; readonly centres: readonly string[] }
  /** They are submitted: a single mark is changed by a request. */
  | { readonly reason: 'CentreMarksLocked' }
  | { readonly reason: 'CentreMarksOpen' }
  | ({ readonly reason: 'NotInSample' } & About)
  | { readonly reason: 'NobodyEligible' }
  /** `mark` is what stands now; absent where nothing does. */
  | ({ readonly reason: 'ChangedElsewhere'; readonly mark?: number; readonly revision: number } & About)
  | ({ readonly reason: 'WorkOutstanding' } & About)
  | { readonly reason: 'EnteredMarksRemain'; readonly candidates: readonly string[] }
  /** Nothing is changed here any more, or not until it is returned. */
  | { readonly reason: 'ModerationLocked'; readonly state: 'submitted' | 'approved' | 'nothing-to-moderate' }
  | { readonly reason: 'ModerationNotSubmitted' }
  | { readonly reason: 'ReviewRemaining'; readonly candidates: readonly string[] }
  | { readonly reason: 'ReportIncomplete'; readonly fields: readonly string[] }
  | { readonly reason: 'ReportCompleted' }
  | { readonly reason: 'ChangeUnknown'; readonly change: number }
  | { readonly reason: 'ChangeSettled'; readonly change: number; readonly as: 'approved' | 'refused' }
  /** The principal has to decide first. */
  | { readonly reason: 'OutcomeUndecided'; readonly flags: readonly Flag[] }
  /** Another outcome is in force than the one that was looked at. */
  | { readonly reason: 'OutcomeChanged'; readonly outcome: number }
  /** Had a hand in it, in whatever capacity; `others` have not. */
  | { readonly reason: 'NotIndependent'; readonly person: string; readonly others: readonly string[] }
  | { readonly reason: 'MethodUnsuitable'; readonly method: Choice; readonly why: Unsuitable }
  | { readonly reason: 'MaximumBelowMark'; readonly highest: number }
  | { readonly reason: 'SettingMalformed'; readonly field: string };
