import { exportKeys, whyNotExported, type Exporting } from '../../platform/documents/exporting.js';
import type { KeyBinding } from '../../platform/screen.js';
import { isLocked, isOutstanding, rowAt, type GridState } from './grid.state.js';
import { totalsOf } from './totals.js';
import { changedHere } from './undoing.js';

/** What each key of the grid does. Digits, the decimal point and Backspace belong to the cell itself. */

export type GridAction =
  | Exporting
  | 'commit' | 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last' | 'next-blank' | 'previous-blank' | 'next-error'
  | 'absent' | 'edit' | 'clear' | 'undo' | 'redo' | 'repeat' | 'go' | 'filter' | 'verify' | 'differences' | 'flag' | 'history'
  | 'yours' | 'theirs' | 'numbers' | 'auto-advance' | 'hide-names' | 'clear-all' | 'script-not-received'
  | 'script-received' | 'concern' | 'unlisted' | 'hand-over' | 'submit' | 'reload' | 'back';

type Binding = KeyBinding<GridState, GridAction>;

const typing = (state: GridState): string | undefined => (state.cell === undefined ? undefined : 'mark-entry.why.typing');

/** What would show a first value, or change one, waits for the end of the second entry. */
const inSight = (state: GridState): string | undefined => (state.isBlind ? 'mark-entry.why.blind' : typing(state));

const inSightOf =
  (whyNot: (state: GridState) => string | undefined) =>
  (state: GridState): string | undefined =>
    inSight(state) ?? whyNot(state);

function onCandidate(state: GridState): string | undefined {
  if (state.cell !== undefined) return 'mark-entry.why.typing';
  return rowAt(state) === undefined ? 'mark-entry.why.footer' : undefined;
}

function onOpenCandidate(state: GridState): string | undefined {
  const row = rowAt(state);
  if (row !== undefined && isLocked(row)) return 'mark-entry.why.locked';
  if (row !== undefined && isOutstanding(row)) return 'mark-entry.why.outstanding';
  return onCandidate(state);
}

const onConflict = (state: GridState): string | undefined =>
  rowAt(state)?.conflict === undefined ? 'mark-entry.why.no-conflict' : typing(state);

const key = (action: GridAction, keys: readonly string[], whyNot?: Binding['whyNot'], footer?: number): Binding => ({
  action,
  keys,
  description: `mark-entry.key.${action}`,
  ...(whyNot && { whyNot }),
  ...(footer !== undefined && { footer }),
});

export const GRID_KEYS: readonly Binding[] = [
  key('commit', ['enter', 'pad-enter'], undefined, 1),
  key('next-blank', ['n', 'tab', '+', 'pad-+'], typing, 3),
  key('previous-blank', ['N', 'shift-tab'], typing),
  key('absent', ['A', 'a', '*', 'pad-*'], onOpenCandidate, 2),
  key('undo', ['u', 'ctrl-z', '-', 'pad--'], inSightOf((state) => (state.undo.length === 0 ? 'mark-entry.why.no-undo' : undefined)), 4),
  key('redo', ['ctrl-y'], inSightOf((state) => (state.redo.length === 0 ? 'mark-entry.why.no-redo' : undefined))),
  key('go', ['g', '/', 'pad-/'], typing, 5),
  key('repeat', ['r'], (state) => (state.lastTyped === undefined ? 'mark-entry.why.nothing-typed' : onOpenCandidate(state))),
  key('edit', ['e', 'f2'], inSightOf(onOpenCandidate)),
  key('clear', ['delete'], inSightOf(onOpenCandidate)),
  key('next-error', ['!'], (state) => typing(state) ?? (totalsOf(state.rows).errors > 0 ? undefined : 'mark-entry.why.no-errors')),
  key('yours', ['y'], inSightOf(onConflict)),
  key('theirs', ['t'], inSightOf(onConflict)),
  key('verify', ['v'], typing),
  key('differences', ['V'], typing),
  key('flag', ['s'], onCandidate),
  key('history', ['H'], inSightOf(onCandidate)),
  key('filter', ['ctrl-f'], typing),
  key('up', ['up', 'k']),
  key('down', ['down', 'j']),
  key('page-up', ['pageup']),
  key('page-down', ['pagedown']),
  key('first', ['home']),
  key('last', ['end']),
  key('numbers', ['ctrl-n'], inSight),
  key('auto-advance', ['ctrl-a'], typing),
  key('hide-names', ['ctrl-b'], typing),
  key('clear-all', [], inSightOf((state) => (changedHere(state).length === 0 ? 'mark-entry.why.nothing-entered' : undefined))),
  key('script-not-received', [], onOpenCandidate),
  key('script-received', [], (state) => {
    const row = rowAt(state);
    return row !== undefined && isOutstanding(row) ? typing(state) : 'mark-entry.why.not-outstanding';
  }),
  key('concern', [], onCandidate),
  key('unlisted', [], typing),
  key('hand-over', [], (state) => (state.handOver.length > 0 ? undefined : 'mark-entry.why.no-hand-over')),
  key('submit', ['ctrl-s'], (state) => typing(state) ?? submittable(state)),
  ...exportKeys<GridState>((state) => typing(state) ?? whyNotExported(state.component), 6),
  key('reload', ['f5'], typing),
  key('back', ['escape'], undefined, 9),
];

function submittable(state: GridState): string | undefined {
  const { marked, absent, locked } = totalsOf(state.rows);
  return marked + absent - locked > 0 ? undefined : 'emi.nothing-entered';
}
