import { hasError, isBlank, isLocked, isOutstanding, rowAt, type GridState, type Row } from './grid.state.js';
import { rowOf } from './rows.js';

/** Where the cursor goes. It never leaves the rows and the footer below them. */

export function to(state: GridState, cursor: number): GridState {
  return { ...state, cursor: Math.max(0, Math.min(cursor, state.shown.length)), cell: undefined };
}

/** To a row by its place in `rows`; a filter that hides it ends. */
export function toIndex(state: GridState, index: number): GridState {
  if (state.rows[index] === undefined) return state;
  const at = state.shown.indexOf(index);
  return at >= 0 ? to(state, at) : to({ ...state, filter: '', shown: state.rows.map((_, place) => place) }, index);
}

/**
 * Down to the next row that can be marked; past the last it rests on the footer. A submitted row is skipped, and one
 * whose script never came: there is no paper for it in the pile.
 */
export function advance(state: GridState): GridState {
  for (let cursor = state.cursor + 1; cursor < state.shown.length; cursor += 1) {
    const row = rowAt(state, cursor) as Row;
    if (!isLocked(row) && !isOutstanding(row)) return to(state, cursor);
  }
  return to(state, state.shown.length);
}

/** The next row for which it holds, round the end; undefined where there is none. */
export function find(state: GridState, holds: (row: Row) => boolean, direction: 1 | -1 = 1): GridState | undefined {
  const count = state.shown.length;
  const start = state.cursor >= count ? (direction === 1 ? -1 : count) : state.cursor;
  for (let moved = 1; moved <= count; moved += 1) {
    const cursor = (((start + direction * moved) % count) + count) % count;
    if (holds(rowAt(state, cursor) as Row)) return to(state, cursor);
  }
  return undefined;
}

export const nextBlank = (state: GridState, direction: 1 | -1 = 1): GridState | undefined => find(state, isBlank, direction);
export const nextError = (state: GridState): GridState | undefined => find(state, hasError);

/** To a candidate by number; of the four digits, zeros in front may be left out. Undefined where there is none such. */
export function toCandidate(state: GridState, typed: string): GridState | undefined {
  const index = /^\d{1,4}$/.test(typed) ? rowOf(state, typed.padStart(4, '0')) : -1;
  return index < 0 ? undefined : toIndex(state, index);
}
