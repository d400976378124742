import type { Sheet, SheetCandidate } from '@portal/contract';
import type { RefusedMark } from '../../platform/journal/entries.js';
import type { TypedMark } from '../../platform/outbox/outbox.js';
import { refusedRowOf } from './answers.js';
import { shownRows } from './filtering.js';
import { settledAside, withAside } from './set-aside.js';
import { stay, type GridMessage, type Next } from './grid.messages.js';
import { freshRow, isLocked, type GridState, type HandOver, type Pending, type Row } from './grid.state.js';

/**
 * The sheet was read, the first time or again. Nothing that is typed, queued, refused or in conflict is touched by it,
 * and no row changes its place under the hands of a person who types: what left the sheet stays where it was until the
 * grid is closed, what is new comes last.
 */
export function loaded(state: GridState, { sheet, queued, refused, aside = [] }: Extract<GridMessage, { type: 'loaded' }>, now: number): Next {
  const isFirst = state.rows.length === 0;
  // The journal is told a moment later of what the person has dealt with here.
  const open = refused.filter(({ mark }) => !state.dealtWith.includes(mark.commandId));
  const about = { ...state, ...aboutSheet(state, sheet) };
  const rows = withAside(about, withJournal(merged(state.rows, sheet.candidates), queued, open), aside);
  const next = withFilter({ ...about, rows, readAt: now });
  const handOver = toHandOver(rows, open);
  // The first time the cursor stands where the marking goes on.
  const cursor = isFirst ? Math.max(0, rows.findIndex((row) => !isLocked(row))) : next.cursor;
  const result: GridState = { ...next, cursor, handOver };
  const settled = settledAside(result, aside);
  if (handOver.length <= state.handOver.length) return stay(result, ...settled);
  return stay(result, ...settled, { type: 'say', sentence: { id: 'mark-entry.hand-over.waiting', values: { count: handOver.length } }, as: 'error' });
}

function aboutSheet(state: GridState, { name, maximum, halfMarks }: Sheet): Partial<GridState> {
  return { name: name || state.name, maximum, halfMarks, isLoading: false, isStale: false, problem: undefined };
}

function merged(before: readonly Row[], candidates: readonly SheetCandidate[]): readonly Row[] {
  const read = new Map(candidates.map((saved) => [saved.candidate, saved]));
  const known = new Set(before.map((row) => row.saved.candidate));
  const old = before.map((row) => mergedRow(row, read.get(row.saved.candidate)));
  return [...old, ...candidates.filter(({ candidate }) => !known.has(candidate)).map(freshRow)];
}

/** A reading older than an answer changes nothing. */
function mergedRow(row: Row, saved: SheetCandidate | undefined): Row {
  if (saved === undefined) return row.isGone ? row : { ...row, isGone: true };
  if (saved.revision < row.saved.revision || isSame(row.saved, saved)) return row.isGone ? { ...row, isGone: false } : row;
  return { ...row, saved, isGone: false };
}

function isSame(one: SheetCandidate, other: SheetCandidate): boolean {
  return (Object.keys({ ...one, ...other }) as (keyof SheetCandidate)[]).every((name) => one[name] === other[name]);
}

/** What an earlier run left in the journal: still owed, or refused and not dealt with. */
function withJournal(rows: readonly Row[], queued: readonly TypedMark[], refused: readonly RefusedMark[]): readonly Row[] {
  if (queued.length === 0 && refused.length === 0) return rows;
  const owed = Map.groupBy(queued, ({ candidate }) => candidate);
  const left = Map.groupBy(refused, ({ mark }) => mark.candidate);
  return rows.map((row) => {
    const marks = owed.get(row.saved.candidate) ?? [];
    const refusals = (left.get(row.saved.candidate) ?? []).filter(({ mark }) => !row.refusedIds.includes(mark.commandId));
    return refusals.reduce(
      (next, { mark, problem }) => refusedRowOf(next, { commandId: mark.commandId, mark: mark.mark, refused: problem }),
      withPending(row, marks),
    );
  });
}

function withPending(row: Row, marks: readonly TypedMark[]): Row {
  const missing = marks.filter((mark) => !row.pending.some((one) => one.commandId === mark.commandId));
  if (missing.length === 0) return row;
  const kept = missing.map(({ commandId, mark, confirmed }): Pending => ({ commandId, mark, confirmed, isKept: true }));
  return { ...row, pending: [...kept, ...row.pending] };
}

/** The cursor stays on its candidate; a filter that would hide the one being typed for ends. */
function withFilter(state: GridState): GridState {
  const index = state.shown[state.cursor];
  const shown = shownRows(state.rows, state.filter);
  const at = index === undefined ? -1 : shown.indexOf(index);
  if (at >= 0) return { ...state, shown, cursor: at };
  // On the footer it stays on the footer, also where rows were added above it.
  if (index === undefined) return { ...state, shown, cursor: shown.length };
  return { ...state, filter: '', shown: state.rows.map((_, place) => place), cursor: index };
}

/** Marks for candidates who are somebody else's: no row of this sheet can show them for long. */
function toHandOver(rows: readonly Row[], refused: readonly RefusedMark[]): readonly HandOver[] {
  const listed = new Set(rows.map((row) => row.saved.candidate));
  return refused
    .filter(({ mark, problem }) => problem.type === 'reallocated' || !listed.has(mark.candidate))
    .map(({ mark }) => ({ commandId: mark.commandId, candidate: mark.candidate, typed: mark.mark }));
}
