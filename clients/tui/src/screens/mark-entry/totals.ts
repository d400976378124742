import { hasError, isLocked, isOutstanding, valueOf, type Row } from './grid.state.js';

/** What the rows add up to: marked + absent + blank + outstanding is every row that is still this examiner's. */
export interface Totals {
  readonly marked: number;
  readonly absent: number;
  readonly blank: number;
  readonly outstanding: number;
  /** Among the marked and the absent. */
  readonly locked: number;
  readonly errors: number;
  readonly unconfirmed: number;
  readonly unsaved: number;
  /** Of the marks, in points. */
  readonly total: number;
  readonly squares: number;
}

/** Counted once for each set of rows. */
export function totalsOf(rows: readonly Row[]): Totals {
  const known = counted.get(rows);
  if (known !== undefined) return known;
  const totals = { ...NOTHING };
  for (const row of rows) tally(totals, row, 1);
  counted.set(rows, totals);
  return totals;
}

/** The totals of `to`, which differs from `from` by these rows alone. */
export function carryTotals(from: readonly Row[], changes: ReadonlyMap<number, Row>, to: readonly Row[]): void {
  const totals = { ...totalsOf(from) };
  for (const [index, row] of changes) {
    tally(totals, from[index] as Row, -1);
    tally(totals, row, 1);
  }
  counted.set(to, totals);
}

const NOTHING = {
  marked: 0, absent: 0, blank: 0, outstanding: 0, locked: 0, errors: 0, unconfirmed: 0, unsaved: 0, total: 0, squares: 0,
};

const counted = new WeakMap<readonly Row[], Totals>();

function tally(totals: { -readonly [Name in keyof Totals]: number }, row: Row, by: 1 | -1): void {
  if (hasError(row)) totals.errors += by;
  totals.unsaved += by * row.pending.length;
  if (row.isGone) return;
  if (isLocked(row)) totals.locked += by;
  if (isUnconfirmed(row)) totals.unconfirmed += by;
  const value = valueOf(row);
  if (isOutstanding(row)) totals.outstanding += by;
  else if (value === 'ABS') totals.absent += by;
  else if (value === 'CLEAR') totals.blank += by;
  else {
    totals.marked += by;
    totals.total += by * Number(value);
    totals.squares += by * Number(value) ** 2;
  }
}

function isUnconfirmed(row: Row): boolean {
  const last = row.pending.at(-1);
  return last === undefined ? !row.saved.confirmed && !isLocked(row) : last.confirmed === false;
}
