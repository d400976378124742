/**
 * What happens to the marks of one component at one centre: stream `markSheet-<component>-<centre>`.
 *
 * Every event about a candidate names the examiner to whom the candidate was allocated then, so that counts
 * can be kept by adding and subtracting alone. Values are whole numbers; where the component allows
 * half marks they are counted in half-points and the event says so (`unit: 'half'`).
 */
import type { Value } from '../mark.js';

import type { TextReference } from '../text.js';

/** An opaque account id. */
export type AccountId = string;
/** Four digits. */
export type CandidateNumber = string;

export type { Value };

export type CandidateState = 'blank' | 'outstanding' | 'entered' | 'submitted';

interface AboutCandidate {
  readonly candidate: CandidateNumber;
  readonly examiner: AccountId;
}

interface InHalves {
  /** Present where marks are counted in half-points. */
  readonly unit?: 'half';
}

export type MarkSheetEvent =
  | {
      readonly type: 'MarkSheetAllocated';
      readonly data: {
        readonly component: string;
        readonly centre: string;
        readonly examiner: AccountId;
        /** In the unit of the sheet. */
        readonly maximum: number;
        readonly halfMarks: boolean;
        readonly candidates: readonly CandidateNumber[];
      };
    }
  | {
      readonly type: 'MarkEntered';
      /** `confirmed` stands for zero and full marks only. */
      readonly data: AboutCandidate & InHalves & { readonly mark: number; readonly confirmed?: boolean };
    }
  | {
      readonly type: 'MarkCorrected';
      readonly data: AboutCandidate &
        InHalves & { readonly from: Value; readonly mark: number; readonly confirmed?: boolean };
    }
  | {
      readonly type: 'AbsenceRecorded';
      /** `from` is absent where nothing was entered before. */
      readonly data: AboutCandidate & InHalves & { readonly from?: number };
    }
  | { readonly type: 'MarkCleared'; readonly data: AboutCandidate & InHalves & { readonly from: Value } }
  | { readonly type: 'MarkConfirmed'; readonly data: AboutCandidate & InHalves & { readonly mark: number } }
  | {
      readonly type: 'MarksVerified';
      /**
       * The blind second entry agreed, or a person decided which of the two stands. `mark` is the one that
       * stands; where that is the second, the event before this one is the correction to it.
       */
      readonly data: AboutCandidate &
        InHalves & { readonly mark: Value; readonly second: Value; readonly kept: 'same' | 'first' | 'second' };
    }
  | { readonly type: 'SampleFlagged'; readonly data: AboutCandidate }
  | { readonly type: 'SampleUnflagged'; readonly data: AboutCandidate }
  | { readonly type: 'ScriptNotReceived'; readonly data: AboutCandidate & { readonly reason: TextReference } }
  | { readonly type: 'ScriptReceived'; readonly data: AboutCandidate }
  | { readonly type: 'UnlistedScriptReported'; readonly data: { readonly number: string } }
  | { readonly type: 'ConcernRaised'; readonly data: AboutCandidate & { readonly kind: ConcernKind } }
  | {
      readonly type: 'CandidateWithdrawn';
      readonly data: AboutCandidate & { readonly state: CandidateState };
    }
  | {
      readonly type: 'MarksSubmitted';
      readonly data: InHalves & {
        readonly submission: string;
        readonly examiner: AccountId;
        readonly candidates: readonly { readonly candidate: CandidateNumber; readonly mark: Value }[];
        /** Against the deadline then in force, an ISO instant. */
        readonly deadline?: string;
        readonly late: boolean;
      };
    }
  | {
      readonly type: 'MarkSheetReallocated';
      /** Only candidates without a mark move; each with the state in which it moved. */
      readonly data: {
        readonly from: AccountId;
        readonly to: AccountId;
        readonly candidates: readonly {
          readonly candidate: CandidateNumber;
          readonly state: 'blank' | 'outstanding';
        }[];
        /** Revision of the team stream that made the mover senior. */
        readonly teamRevision: number;
      };
    };

export type ConcernKind = 'malpractice' | 'special-consideration' | 'illegible' | 'wrong-paper' | 'other';
