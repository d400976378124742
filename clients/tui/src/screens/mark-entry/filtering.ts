import type { GridState, Row } from './grid.state.js';
import { toIndex } from './moving.js';

/** Indexes of the rows whose number or name holds every word. */
export function shownRows(rows: readonly Row[], filter: string): readonly number[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const indexes: number[] = [];
  rows.forEach(({ saved }, index) => {
    const text = `${saved.candidate} ${saved.name}`.toLocaleLowerCase();
    if (words.every((word) => text.includes(word))) indexes.push(index);
  });
  return indexes;
}

/** The cursor stays on its candidate where the filter shows it, else it goes to the first that is shown. */
export function filtered(state: GridState, filter: string): GridState {
  if (filter === state.filter) return state;
  const index = state.shown[state.cursor];
  const next: GridState = { ...state, filter, shown: shownRows(state.rows, filter), cell: undefined, cursor: 0 };
  return index !== undefined && next.shown.includes(index) ? toIndex(next, index) : next;
}
