import { hasError, isBlank, isLocked, rowAt, type GridState, type Row } from './grid.state.js';

/** Where the cursor goes. It never leaves the rows and the footer below them. */

export function to(state: GridState, cursor: number): GridState {
  return { ...state, cursor: Math.max(0, Math.min(cursor, state.shown.length)), cell: undefined };
}

/** Down to the next row that can still be marked; past the last it rests on the footer. */
export function advance(state: GridState): GridState {
  for (let cursor = state.cursor + 1; cursor < state.shown.length; cursor += 1) {
    if (!isLocked(rowAt(state, cursor) as Row)) return to(state, cursor);
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

/** To a candidate by number; four digits, zeros in front may be left out. */
export function toCandidate(state: GridState, typed: string): GridState | undefined {
  if (!/^\d{1,4}$/.test(typed)) return undefined;
  const candidate = typed.padStart(4, '0');
  const cursor = state.shown.findIndex((index) => state.rows[index]?.saved.candidate === candidate);
  return cursor < 0 ? undefined : to(state, cursor);
}
