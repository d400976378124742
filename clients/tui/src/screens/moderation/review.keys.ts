import type { KeyBinding, WhyNot } from '../../platform/screen.js';
import { whyNotAgain } from './deeds.js';
import { hasError, rowAt, valueOf, type ReviewState } from './review.state.js';
import { whyNotModerating, whyNotTheirs } from './whose-centre.js';

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

export const whyNotOpen = (state: ReviewState): WhyNot => (state.sample === undefined ? 'why.loading' : whyNotModerating(state));

const onOpenRow = (state: ReviewState): WhyNot => onRow(state) ?? whyNotOpen(state);

/** Who has a mark was looked at: that is taken back first. */
function onUnmarked(state: ReviewState): WhyNot {
  const row = rowAt(state);
  return onOpenRow(state) ?? (row !== undefined && valueOf(row) !== 'CLEAR' ? 'iamis.why.marked' : undefined);
}

/** Their own, or anybody's in the part of a senior; also where it is submitted. */
function furtherSample(state: ReviewState): WhyNot {
  const { sample, component } = state;
  if (state.cell !== undefined || sample === undefined) return typing(state) ?? 'why.loading';
  if (sample.state === 'approved' || sample.rule === null) return 'iamis.why.closed';
  return component.capacity.role === 'moderator' ? whyNotTheirs(state) : undefined;
}

function undoable(state: ReviewState): WhyNot {
  const last = state.undo.at(-1);
  if (last === undefined) return typing(state) ?? 'mark-entry.why.no-undo';
  return typing(state) ?? (last.isTaken ? whyNotOpen(state) : undefined);
}

function onReceived(state: ReviewState): WhyNot {
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
  key('undo', ['u', 'ctrl-z', '-', 'pad--'], undoable, 4),
  key('work', ['w'], onUnmarked, 5),
  key('replace', ['x'], onUnmarked),
  key('further', ['f'], furtherSample),
  key('clear', ['delete'], onReceived),
  key('next-error', ['!'], (state) => typing(state) ?? (state.rows.some(hasError) ? undefined : 'mark-entry.why.no-errors')),
  key('yours', ['y'], (state) => onConflict(state) ?? whyNotOpen(state)),
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
