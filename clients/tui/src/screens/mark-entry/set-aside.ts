import type { Aside } from '../../platform/journal/journal.js';
import type { SetAside } from '../../platform/journal/entries.js';
import { whyNotAMark } from './committing.js';
import { sheetOf, type GridEffect } from './grid.messages.js';
import { isLocked, typedOver, type GridState, type Row } from './grid.state.js';

/**
 * What was typed and not taken is kept on this machine with its candidate: a sheet that is left and opened again shows
 * the same `!` as before. It is only kept; nothing here is ever sent.
 */

/** What this step has changed of it; undefined where nothing. */
export function setAside(before: GridState, after: GridState): GridEffect | undefined {
  if (before.rows === after.rows) return undefined;
  const entries = after.rows.flatMap((row, index): SetAside[] => {
    const was = before.rows[index];
    if (row === was) return [];
    const typed = asideOn(row);
    return typed === (was && asideOn(was)) ? [] : [{ candidate: row.saved.candidate, typed: typed ?? null }];
  });
  return entries.length === 0 ? undefined : { type: 'mark-entry/set-aside', ...sheetOf(after), entries };
}

const asideOn = ({ rejected }: Row): string | undefined => (rejected?.isByService === false ? rejected.typed : undefined);

/** On rows that are new here: on the others stands what the person has done since. */
export function withAside(state: GridState, rows: readonly Row[], aside: readonly Aside[]): readonly Row[] {
  if (aside.length === 0) return rows;
  const typed = new Map(aside.map((one) => [one.candidate, one.typed]));
  return rows.map((row, index) => {
    const kept = index < state.rows.length || isLocked(row) ? undefined : typed.get(row.saved.candidate);
    if (kept === undefined) return row;
    const why = whyNotAMark(state, row, kept) ?? { id: 'mark-entry.set-aside', values: { typed: kept } };
    return { ...row, rejected: typedOver(row, kept, why) };
  });
}

/** Of candidates who have been submitted since: nothing can be done about it on this sheet any more. */
export function settledAside(state: GridState, aside: readonly Aside[]): readonly GridEffect[] {
  const locked = new Set(state.rows.filter(isLocked).map(({ saved }) => saved.candidate));
  const entries = aside.filter(({ candidate }) => locked.has(candidate)).map(({ candidate }) => ({ candidate, typed: null }));
  return entries.length === 0 ? [] : [{ type: 'mark-entry/set-aside', ...sheetOf(state), entries }];
}
