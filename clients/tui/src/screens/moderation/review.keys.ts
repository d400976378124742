import type { KeyBinding } from '../../platform/screen.js';
import { whyNotAgain } from './deeds.js';
import { hasError, isOpen, rowAt, type ReviewState } from './review.state.js';

/** What each key of the review grid does. Digits, the decimal point and Backspace belong to the cell itself. */

export type ReviewAction =
  | 'commit' | 'agree' | 'next-blank' | 'previous-blank' | 'next-error' | 'undo' | 'clear' | 'work' | 'replace' | 'further'
  | 'yours' | 'theirs' | 'report' | 'outcome' | 'plot' | 'hide-names' | 'again' | 'up' | 'down' | 'page-up' | 'page-down'
  | 'first' | 'last' | 'reload' | 'back';

type Binding = KeyBinding<ReviewState, ReviewAction>;

const typing = (state: ReviewState): string | undefined => (state.cell === undefined ? undefined : 'mark-entry.why.typing');

function onRow(state: ReviewState): string | undefined {
  if (state.cell !== undefined) return 'mark-entry.why.typing';
  return rowAt(state) === undefined ? 'iamis.why.footer' : undefined;
}

/** Whether the centre is theirs says the service; that it is closed, or looked at as somebody else, is known here. */
export function whyNotOpen(state: ReviewState): string | undefined {
  if (state.sample === undefined) return 'why.loading';
  if (state.workAs?.member !== undefined) return 'iamis.why.as-member';
  return isOpen(state) ? undefined : 'iamis.why.closed';
}

const onOpenRow = (state: ReviewState): string | undefined => onRow(state) ?? whyNotOpen(state);

function onReceived(state: ReviewState): string | undefined {
  return onOpenRow(state) ?? (rowAt(state)?.saved.isReceived === false ? 'iamis.why.not-received' : undefined);
}

const onConflict = (state: ReviewState): string | undefined =>
  typing(state) ?? (rowAt(state)?.conflict === undefined ? 'mark-entry.why.no-conflict' : undefined);

const key = (action: ReviewAction, keys: readonly string[], whyNot?: Binding['whyNot'], footer?: number): Binding => ({
  action,
  keys,
  description: `iamis.review.key.${action}`,
  ...(whyNot && { whyNot }),
  ...(footer !== undefined && { footer }),
});

export const REVIEW_KEYS: readonly Binding[] = [
  key('commit', ['enter', 'pad-enter'], undefined, 1),
  key('agree', ['a', '=', '*', 'pad-*'], onReceived, 2),
  key('next-blank', ['n', 'tab', '+', 'pad-+'], typing, 3),
  key('previous-blank', ['N', 'shift-tab'], typing),
  key('undo', ['u', 'ctrl-z', '-', 'pad--'], (state) => typing(state) ?? (state.undo.length === 0 ? 'mark-entry.why.no-undo' : undefined), 4),
  key('work', ['w'], onOpenRow, 5),
  key('replace', ['x'], onOpenRow),
  key('further', ['f'], (state) => typing(state) ?? (state.sample === undefined ? 'why.loading' : undefined)),
  key('clear', ['delete'], onReceived),
  key('next-error', ['!'], (state) => typing(state) ?? (state.rows.some(hasError) ? undefined : 'mark-entry.why.no-errors')),
  key('yours', ['y'], onConflict),
  key('theirs', ['t'], onConflict),
  key('report', ['c'], typing, 6),
  key('outcome', ['o'], typing, 7),
  key('plot', ['p'], typing, 8),
  key('hide-names', ['ctrl-b'], typing),
  key('again', ['r'], (state) => typing(state) ?? whyNotAgain(state)),
  key('up', ['up', 'k']),
  key('down', ['down', 'j']),
  key('page-up', ['pageup']),
  key('page-down', ['pagedown']),
  key('first', ['home', 'g']),
  key('last', ['end', 'G']),
  key('reload', ['f5'], typing),
  key('back', ['escape'], undefined, 9),
];
