import type { EmiSummary, HistoryEntry, MarkValue, SheetCandidate, SheetSummary } from '@portal/contract';
import { EMPTY_FIELD, type Field } from '../../components/field.js';
import type { Sentence } from '../../platform/screen.js';

/** What the mark grid remembers. Everything a person did stands here until the service has answered for it. */

export interface GridState {
  readonly component: EmiSummary;
  readonly centre: string;
  readonly name: string;
  /** All sheets of the component, for the next one. */
  readonly sheets: readonly SheetSummary[];
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly isLoading: boolean;
  readonly problem: Sentence | undefined;
  readonly rows: readonly Row[];
  /** Indexes of the rows that are shown, in order; all of them without a filter. */
  readonly shown: readonly number[];
  /** In `shown`; `shown.length` is the footer below the last row. */
  readonly cursor: number;
  /** What is being typed in the row under the cursor; undefined while nothing is. */
  readonly cell: Cell | undefined;
  readonly mode: Mode;
  /** Second entry: first values are hidden, and what is typed is compared and never entered. */
  readonly isBlind: boolean;
  readonly filter: string;
  readonly undo: readonly Group[];
  readonly redo: readonly Group[];
  /** For `r`. */
  readonly lastTyped: string | undefined;
  readonly options: Options;
  readonly status: Status;
  /** Typed for candidates who are somebody else's by now; in the journal until handed over. */
  readonly handOver: readonly HandOver[];
  /** Refused commands that the person has dealt with since the sheet was opened. */
  readonly dealtWith: readonly string[];
  readonly controlTotal: string;
  readonly controlChecked: boolean;
  /** No key yet: centre number and name stand large. */
  readonly isFresh: boolean;
  /** Something changed on the service; the sheet is read again when it is quiet. */
  readonly isStale: boolean;
  readonly readAt: number;
}

export interface Options {
  readonly autoAdvance: boolean;
  readonly hideNames: boolean;
}

export interface Status {
  readonly connection: 'online' | 'offline' | 'signed-out';
  readonly queued: number;
  readonly lastAcknowledgedAt: string | undefined;
}

export interface Row {
  readonly saved: SheetCandidate;
  /** Committed and not answered, oldest first. */
  readonly pending: readonly Pending[];
  /** What was typed and not taken, by this screen or by the service. Recorded nowhere. */
  readonly rejected: Rejected | undefined;
  readonly conflict: Conflict | undefined;
  readonly verification: Verification | undefined;
  /** Commands that the service refused; they stay in the journal until the person has dealt with them. */
  readonly refusedIds: readonly string[];
  /** What stood here before this person changed it; undefined where they did not. */
  readonly before: MarkValue | undefined;
  /** No longer on the sheet. The row stays, so that no row below it moves under the hands of a person who types. */
  readonly isGone: boolean;
}

export interface Pending {
  readonly commandId: string;
  readonly mark: string;
  readonly confirmed: boolean | undefined;
  /** On this machine's disk. */
  readonly isKept: boolean;
}

export interface Rejected {
  readonly typed: string;
  readonly why: Sentence;
  readonly isByService: boolean;
  /** What the service had refused here before this was typed over it; still not dealt with. */
  readonly below?: Rejected | undefined;
}

/** Theirs is what is saved. */
export interface Conflict {
  readonly mine: string;
  readonly by: string;
  readonly at: string;
}

export type Verification =
  | { readonly kind: 'asking'; readonly second: string; readonly isDecision: boolean }
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly second: string };

export interface Cell {
  readonly text: string;
  /** The candidate's revision when the typing began: what the person saw. */
  readonly expect: number;
  /** Began with what stood there: emptied, it clears the mark. Otherwise emptied is nothing typed. */
  readonly isEdit: boolean;
}

export interface HandOver {
  readonly commandId: string;
  readonly candidate: string;
  readonly typed: string;
}

/** One step of undo: what stood before and what was put there, or was typed and not taken. */
export type Group = readonly {
  readonly candidate: string;
  readonly from: string;
  readonly to: string;
  readonly isTaken: boolean;
}[];

export interface PasteItem {
  readonly candidate: string;
  readonly text: string;
  /** The candidate's revision in the preview. */
  readonly expect: number;
  readonly why: Sentence | undefined;
}

/** Papers in another order: `candidate⏎ mark⏎`. */
export interface Numbers {
  readonly kind: 'numbers';
  /** Whose mark comes next; undefined while a number is asked for. */
  readonly candidate: string | undefined;
  /** The number typed takes no mark: the one that comes next is dropped, so that it never stands as a number itself. */
  readonly refused: string | undefined;
  readonly field: Field;
  /** What became of the entry before. It stands beside the question, which lies where sentences are said otherwise. */
  readonly note: Sentence | undefined;
}

export type Mode =
  | { readonly kind: 'marks' }
  /** Opened from the sheet before: which candidate lies on top? */
  | { readonly kind: 'first'; readonly field: Field }
  | { readonly kind: 'go'; readonly field: Field }
  | { readonly kind: 'filter'; readonly field: Field }
  | Numbers
  /** An unknown number was typed: nothing is taken, least of all the mark that follows it, until the person looks up. */
  | { readonly kind: 'lost'; readonly typed: string }
  | { readonly kind: 'reason' | 'unlisted'; readonly field: Field }
  | { readonly kind: 'concern'; readonly selected: number }
  | { readonly kind: 'paste'; readonly items: readonly PasteItem[]; readonly beyond: number; readonly top: number }
  | { readonly kind: 'history'; readonly candidate: string; readonly entries: readonly HistoryEntry[] | undefined; readonly top: number }
  | { readonly kind: 'differences'; readonly selected: number }
  | { readonly kind: 'clear-all' }
  | { readonly kind: 'hand-over'; readonly top: number };

export const MARKS: Mode = { kind: 'marks' };
export const NUMBERS: Numbers = { kind: 'numbers', candidate: undefined, refused: undefined, field: EMPTY_FIELD, note: undefined };

export interface Params {
  readonly component: EmiSummary;
  readonly centre: string;
  readonly name: string;
  readonly sheets?: readonly SheetSummary[];
  /** Opened by Enter at the end of another sheet. */
  readonly isNext?: boolean;
}

/** What stands in the row for the person who types: the last thing they committed, else what is saved. */
export function valueOf(row: Row): string {
  return row.pending.at(-1)?.mark ?? typedForm(row.saved.mark);
}

/** As one would type it. */
export function typedForm(mark: MarkValue): string {
  return mark === null ? 'CLEAR' : String(mark);
}

export const isLocked = (row: Row): boolean => row.saved.state === 'submitted';
export const isOutstanding = (row: Row): boolean => row.saved.state === 'outstanding';
export const isBlank = (row: Row): boolean =>
  !isLocked(row) && !isOutstanding(row) && !row.isGone && row.rejected === undefined && valueOf(row) === 'CLEAR';
export const hasError = (row: Row): boolean => row.rejected !== undefined || row.conflict !== undefined;

export const refusalOf = ({ rejected }: Row): Rejected | undefined => (rejected?.isByService ? rejected : rejected?.below);

/** Typed and not taken, over what the service may have refused before. */
export function typedOver(row: Row, typed: string, why: Sentence): Rejected {
  return { typed, why, isByService: false, below: refusalOf(row) };
}

export const rowAt = (state: GridState, cursor = state.cursor): Row | undefined => state.rows[state.shown[cursor] ?? -1];

export function freshRow(saved: SheetCandidate): Row {
  return {
    saved,
    pending: [],
    rejected: undefined,
    conflict: undefined,
    verification: undefined,
    refusedIds: [],
    before: undefined,
    isGone: false,
  };
}

export const scaleOf = ({ maximum, halfMarks }: GridState) => ({ maximum, halfMarks });
