import type { IamisSummary, SampleCandidate, Verdict } from '@portal/contract';
import type { Field } from '../../components/field.js';
import type { Sentence } from '../../platform/screen.js';
import type { Asking } from './deeds.js';
import type { Looking } from './whose-centre.js';

/** What the review grid remembers. What a person typed stands here until the service has answered for it. */

export interface ReviewState extends Asking, Looking {
  readonly component: IamisSummary;
  readonly centre: string;
  readonly name: string;
  /** By the latest answer. */
  readonly verdict: Verdict | undefined;
  readonly rows: readonly Row[];
  /** `rows.length` is the footer below the last row, which takes no marks. */
  readonly cursor: number;
  readonly cell: Cell | undefined;
  readonly mode: Mode;
  readonly undo: readonly Step[];
  readonly hideNames: boolean;
  /** Over the rows, where there is no room beside them. */
  readonly isPlotOpen: boolean;
  readonly connection: 'online' | 'offline' | 'signed-out';
  /** Who was in the sample when another, or more of them, were asked for: said when it is read again. */
  readonly sampledBefore: readonly string[] | undefined;
  readonly isStale: boolean;
  readonly readAt: number;
}

export interface Row {
  readonly saved: SampleCandidate;
  /** Committed and not answered, oldest first. */
  readonly pending: readonly Pending[];
  /** What was typed and not taken, here or by the service. Recorded nowhere. */
  readonly rejected: { readonly typed: string; readonly why: Sentence } | undefined;
  /** What was typed over a mark that had changed meanwhile; theirs is what is saved. */
  readonly conflict: { readonly mine: string; readonly by: string; readonly at: string } | undefined;
  /** Commands that the service refused; in the journal until the person has dealt with them. */
  readonly refusedIds: readonly string[];
}

export interface Pending {
  readonly commandId: string;
  readonly mark: string;
  /** On this machine's disk. */
  readonly isKept: boolean;
}

export interface Cell {
  readonly text: string;
  /** The candidate's revision when the typing began: what the person saw. */
  readonly expect: number;
}

/** What stood before, and what was put there. */
export interface Step {
  readonly centre: string;
  readonly candidate: string;
  readonly from: string;
  readonly to: string;
  readonly isTaken: boolean;
}

export type Mode =
  | { readonly kind: 'marks' }
  /** Why the work is not there, somebody else is looked at, or more of them are. */
  | { readonly kind: 'reason'; readonly of: 'work' | 'replace' | 'further'; readonly field: Field };

/** From here on the plot stands beside the rows. */
export const WIDE = 110;

export const MARKS: Mode = { kind: 'marks' };

export function freshRow(saved: SampleCandidate): Row {
  return { saved, pending: [], rejected: undefined, conflict: undefined, refusedIds: [] };
}

/** As one would type it: the last thing committed, else what is saved. */
export const valueOf = (row: Row): string => row.pending.at(-1)?.mark ?? typedForm(row.saved.moderatorMark);
export const typedForm = (mark: SampleCandidate['moderatorMark']): string => (mark === null ? 'CLEAR' : String(mark));
export const keyOf = ({ centre, candidate }: Pick<SampleCandidate, 'centre' | 'candidate'>): string => `${centre} ${candidate}`;
export const isBlank = (row: Row): boolean => row.saved.isReceived && row.rejected === undefined && valueOf(row) === 'CLEAR';
export const hasError = (row: Row): boolean => row.rejected !== undefined || row.conflict !== undefined;
export const rowAt = (state: ReviewState): Row | undefined => state.rows[state.cursor];

/** The moderator's mark less the centre's, with what was typed last; undefined where either is no number. */
export function differenceOf(row: Row): number | undefined {
  const value = valueOf(row);
  const { centreMark } = row.saved;
  return value === 'CLEAR' || typeof centreMark !== 'number' ? undefined : Number(value) - centreMark;
}

export interface Totals {
  readonly total: number;
  readonly remaining: number;
  readonly outside: number;
  readonly marked: number;
  readonly errors: number;
  readonly unsaved: number;
}

export function totalsOf({ rows, sample }: ReviewState): Totals {
  const differences = rows.map(differenceOf).filter((one) => one !== undefined);
  const tolerance = sample?.tolerance ?? 0;
  return {
    total: rows.length,
    remaining: rows.filter((row) => row.saved.isReceived && valueOf(row) === 'CLEAR').length,
    outside: differences.filter((one) => Math.abs(one) > tolerance).length,
    marked: differences.length,
    errors: rows.filter(hasError).length,
    unsaved: rows.reduce((sum, { pending }) => sum + pending.length, 0),
  };
}

export function withRow(state: ReviewState, index: number, change: Partial<Row>): ReviewState {
  return { ...state, rows: state.rows.map((row, at) => (at === index ? { ...row, ...change } : row)) };
}

export const indexOf = (state: ReviewState, at: Pick<SampleCandidate, 'centre' | 'candidate'>): number =>
  state.rows.findIndex(({ saved }) => keyOf(saved) === keyOf(at));
