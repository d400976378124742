/** What may be asked of a mark sheet. */
import type { TextReference } from '../text.js';
import type { AccountId, CandidateNumber, ConcernKind } from './events.js';

/** Asked by the examiner of the candidate; anybody else is refused, whatever else they may do. */
export interface ByExaminer {
  readonly candidate: CandidateNumber;
  readonly actor: AccountId;
  /** The capacity acted in; only `examiner` may. */
  readonly role: string;
  /** The candidate's revision that the person saw; where given, it must still be so. */
  readonly expect?: number;
}

export interface AllocateCandidates {
  readonly type: 'AllocateCandidates';
  readonly component: string;
  readonly centre: string;
  readonly examiner: AccountId;
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly candidates: readonly CandidateNumber[];
}

/** Exactly as typed: digits, `ABS` or `CLEAR`, on the sheet's own scale. */
export interface EnterTyped extends ByExaminer {
  readonly type: 'EnterTyped';
  readonly typed: string;
  /** For zero and full marks. */
  readonly confirmed?: boolean;
}

/** `mark` in the unit of the sheet, as parseMark gives it. */
export interface EnterMark extends ByExaminer {
  readonly type: 'EnterMark';
  readonly mark: number;
  readonly confirmed?: boolean;
}

export interface VerifyMark extends ByExaminer {
  readonly type: 'VerifyMark';
  /** The blind second entry, exactly as typed. */
  readonly typed: string;
  /** Which stands where the two differ; without it a difference is refused. */
  readonly keep?: 'first' | 'second';
}

export interface SubmitMarks {
  readonly type: 'SubmitMarks';
  readonly submission: string;
  readonly actor: AccountId;
  readonly role: string;
  /** What the person saw. Absent: everything entered, as it stands. */
  readonly candidates?: readonly { readonly candidate: CandidateNumber; readonly revision: number }[];
  /** Confirms the zero and full marks among them. */
  readonly confirmed?: boolean;
  readonly deadline?: string;
  /** Now against that deadline: the clock is the caller's. */
  readonly late: boolean;
}

export interface Reallocate {
  readonly type: 'Reallocate';
  readonly from: AccountId;
  readonly to: AccountId;
  /** All of `from`'s unsubmitted ones where absent. */
  readonly candidates?: readonly CandidateNumber[];
  /** What becomes of marks entered and not submitted: they stay with `from`, submitted as they stand, or go. */
  readonly entered?: 'submit' | 'clear';
  /** Whom the person asking is senior to, by the team at `teamRevision`. */
  readonly seniorTo: readonly AccountId[];
  readonly teamRevision: number;
  /** Names the submission where marks are submitted. */
  readonly submission: string;
  readonly deadline?: string;
  readonly late: boolean;
}

export type MarkSheetCommand =
  | AllocateCandidates
  | EnterTyped
  | EnterMark
  | VerifyMark
  | SubmitMarks
  | Reallocate
  | ({ readonly type: 'RecordAbsence' | 'ClearMark' | 'ConfirmMark' } & ByExaminer)
  | ({ readonly type: 'FlagSample' | 'UnflagSample' | 'ReportScriptReceived' } & ByExaminer)
  | ({ readonly type: 'ReportScriptNotReceived'; readonly reason: TextReference } & ByExaminer)
  | ({ readonly type: 'RaiseConcern'; readonly kind: ConcernKind } & ByExaminer)
  | {
      readonly type: 'ReportUnlistedScript';
      readonly number: string;
      readonly actor: AccountId;
      readonly role: string;
    }
  | { readonly type: 'WithdrawCandidate'; readonly candidate: CandidateNumber };
