import type { GridState, Row } from './grid.state.js';
import { carryTotals } from './totals.js';

/** Changing rows: counts and places are carried over, so that a key costs the same on a sheet of any length. */

export function withRow(state: GridState, index: number, change: Partial<Row>): GridState {
  const row = state.rows[index];
  return row === undefined ? state : withRows(state, new Map([[index, { ...row, ...change }]]));
}

/** No change may give a row to another candidate. */
export function withRows(state: GridState, changes: ReadonlyMap<number, Row>): GridState {
  if (changes.size === 0) return state;
  const rows = state.rows.slice();
  for (const [index, row] of changes) rows[index] = row;
  carryTotals(state.rows, changes, rows);
  places.set(rows, placesOf(state.rows));
  return { ...state, rows };
}

/** The rows for which `change` answers another one. */
export function mapRows(state: GridState, change: (row: Row) => Row): GridState {
  const changes = new Map<number, Row>();
  state.rows.forEach((row, index) => {
    const changed = change(row);
    if (changed !== row) changes.set(index, changed);
  });
  return withRows(state, changes);
}

/** Where a candidate stands in `rows`; −1 where nowhere. */
export function rowOf({ rows }: GridState, candidate: string): number {
  return placesOf(rows).get(candidate) ?? -1;
}

const places = new WeakMap<readonly Row[], ReadonlyMap<string, number>>();

function placesOf(rows: readonly Row[]): ReadonlyMap<string, number> {
  const known = places.get(rows);
  if (known !== undefined) return known;
  const made = new Map(rows.map((row, index) => [row.saved.candidate, index]));
  places.set(rows, made);
  return made;
}
