import type { EmiSummary, HistoryEntry, MarkValue, Sheet, SheetCandidate, SheetSummary } from '@portal/contract';
import type { Field } from '../../components/field.js';
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
  readonly filter: string;
  readonly undo: readonly Group[];
  readonly redo: readonly Group[];
  /** For `r`. */
  readonly lastTyped: string | undefined;
  readonly options: Options;
  readonly status: Status;
  /** Candidates changed since the sheet was opened, with what stood there then. */
  readonly before: ReadonlyMap<string, MarkValue>;
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
  /** In the journal, where it stays until the person has dealt with it. */
  readonly commandId: string | undefined;
  readonly isReallocated: boolean;
}

export interface Conflict {
  readonly commandId: string;
  readonly mine: string;
  readonly theirs: MarkValue;
  readonly revision: number;
  readonly by: string;
  readonly at: string;
}

export type Verification =
  | { readonly kind: 'asking'; readonly second: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly second: string };

export interface Cell {
  readonly text: string;
  /** The candidate's revision when the typing began: what the person saw. */
  readonly expect: number;
}

/** One step of undo: what stood before and what was put there. */
export type Group = readonly { readonly candidate: string; readonly from: string; readonly to: string }[];

export interface PasteItem {
  readonly index: number;
  readonly candidate: string;
  readonly text: string;
  readonly why: Sentence | undefined;
}

export type Mode =
  | { readonly kind: 'marks' }
  /** Blind second entry. */
  | { readonly kind: 'verify' }
  /** Opened from the sheet before: which candidate lies on top? */
  | { readonly kind: 'first'; readonly field: Field }
  | { readonly kind: 'go'; readonly field: Field }
  | { readonly kind: 'filter'; readonly field: Field }
  /** Papers in another order: `candidate⏎ mark⏎`. */
  | { readonly kind: 'numbers'; readonly candidate: string | undefined; readonly field: Field }
  | { readonly kind: 'reason' | 'unlisted'; readonly field: Field }
  | { readonly kind: 'concern'; readonly selected: number }
  | { readonly kind: 'paste'; readonly items: readonly PasteItem[]; readonly beyond: number; readonly top: number }
  | { readonly kind: 'history'; readonly candidate: string; readonly entries: readonly HistoryEntry[] | undefined; readonly top: number }
  | { readonly kind: 'differences'; readonly selected: number }
  | { readonly kind: 'clear-all' }
  | { readonly kind: 'hand-over'; readonly top: number };

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
  !isLocked(row) && !isOutstanding(row) && row.rejected === undefined && valueOf(row) === 'CLEAR';
export const hasError = (row: Row): boolean => row.rejected !== undefined || row.conflict !== undefined;

export const rowAt = (state: GridState, cursor = state.cursor): Row | undefined => state.rows[state.shown[cursor] ?? -1];

export function rowOf(state: GridState, candidate: string): number {
  return state.rows.findIndex((row) => row.saved.candidate === candidate);
}

export function withRow(state: GridState, index: number, change: Partial<Row>): GridState {
  const row = state.rows[index];
  if (row === undefined) return state;
  const rows = state.rows.slice();
  rows[index] = { ...row, ...change };
  return { ...state, rows };
}

export interface Totals {
  readonly marked: number;
  readonly absent: number;
  readonly blank: number;
  readonly outstanding: number;
  readonly locked: number;
  readonly errors: number;
  readonly unconfirmed: number;
  readonly unsaved: number;
  /** In points. */
  readonly total: number;
}

/** Counted once for each set of rows. */
export function totalsOf(rows: readonly Row[]): Totals {
  const known = counted.get(rows);
  if (known !== undefined) return known;
  const totals = { marked: 0, absent: 0, blank: 0, outstanding: 0, locked: 0, errors: 0, unconfirmed: 0, unsaved: 0, total: 0 };
  for (const row of rows) {
    const value = valueOf(row);
    if (isLocked(row)) totals.locked += 1;
    if (isOutstanding(row)) totals.outstanding += 1;
    else if (value === 'ABS') totals.absent += 1;
    else if (value === 'CLEAR') totals.blank += 1;
    else totals.marked += 1;
    if (value !== 'ABS' && value !== 'CLEAR') totals.total += Number(value);
    if (hasError(row)) totals.errors += 1;
    if (isUnconfirmed(row)) totals.unconfirmed += 1;
    totals.unsaved += row.pending.length;
  }
  counted.set(rows, totals);
  return totals;
}

const counted = new WeakMap<readonly Row[], Totals>();

function isUnconfirmed(row: Row): boolean {
  const last = row.pending.at(-1);
  return last === undefined ? !row.saved.confirmed && !isLocked(row) : last.confirmed === false;
}

export function freshRow(saved: SheetCandidate): Row {
  return { saved, pending: [], rejected: undefined, conflict: undefined, verification: undefined };
}

export const SCALE = (state: GridState) => ({ maximum: state.maximum, halfMarks: state.halfMarks });

export type LoadedSheet = Sheet;
