/** Why a mark sheet says no. Marks and maxima in refusals are in points, as people read them. */
import type { TextReference } from '../text.js';
import type { AccountId, CandidateNumber, Value } from './events.js';
import type { MarkRefusal } from '../mark.js';

interface About {
  readonly candidate: CandidateNumber;
}

export interface LeftOut {
  readonly candidate: CandidateNumber;
  readonly why:
    | 'CandidateUnknown'
    | 'CandidateWithdrawn'
    | 'NotYourCandidate'
    | 'Reallocated'
    | 'MarkLocked'
    | 'ScriptOutstanding'
    | 'MarkNotEntered'
    | 'ChangedElsewhere';
}

export type MarkSheetRefusal =
  | MarkRefusal
  | ({ readonly reason: 'CandidateUnknown' } & About)
  | ({ readonly reason: 'CandidateWithdrawn' } & About)
  | ({ readonly reason: 'NotYourCandidate' } & About)
  /** It was theirs; `to` has it now. */
  | ({ readonly reason: 'Reallocated'; readonly to: AccountId } & About)
  | ({ readonly reason: 'MarkLocked' } & About)
  | ({ readonly reason: 'MarkNotEntered' } & About)
  /** `why` is what was reported when the script did not come. */
  | ({ readonly reason: 'ScriptOutstanding'; readonly why?: TextReference } & About)
  /** `mark` is what stands now; absent where nothing does. */
  | ({ readonly reason: 'ChangedElsewhere'; readonly mark?: Value; readonly revision: number } & About)
  | ({ readonly reason: 'VerificationDiffers'; readonly first: Value; readonly second: Value } & About)
  | ({ readonly reason: 'AlreadyAllocated'; readonly examiner: AccountId } & About)
  | { readonly reason: 'MarksUnconfirmed'; readonly candidates: readonly CandidateNumber[] }
  | { readonly reason: 'NoMarksToSubmit'; readonly leftOut: readonly LeftOut[] }
  | { readonly reason: 'EnteredMarksRemain'; readonly candidates: readonly CandidateNumber[] }
  /** More than one holds candidates there: it must be said whose. */
  | { readonly reason: 'ExaminerAmbiguous'; readonly examiners: readonly AccountId[] }
  | { readonly reason: 'NotSenior'; readonly person: AccountId }
  | { readonly reason: 'MaximumBelowMark'; readonly highest: number }
  | { readonly reason: 'SettingMalformed'; readonly field: string };
