import { EMPTY_FIELD } from '../../components/field.js';
import type { CommonEffect, Services } from '../../platform/screen.js';
import { ask, askAgain } from './deeds.js';
import { read } from './moderation.messages.js';
import type { ReviewAction } from './review.keys.js';
import { commit, theirs, undo, yours } from './review.marks.js';
import { placeOf, stay, warn, type Next } from './review.messages.js';
import { hasError, isBlank, rowAt, totalsOf, WIDE, type Mode, type ReviewState, type Row } from './review.state.js';

/** What each action of the review grid does. */
export function act(state: ReviewState, action: ReviewAction, services: Services): Next {
  const leave = (move: (state: ReviewState) => ReviewState): Next => leaveCell(state, services, move);
  const page = Math.max(1, services.size.rows - 6);
  switch (action) {
    case 'commit':
      return rowAt(state) === undefined ? onFooter(state) : leave((next) => to(next, next.cursor + 1));
    case 'agree':
      return agree(state, services);
    case 'up':
      return leave((next) => to(next, next.cursor - 1));
    case 'down':
      return leave((next) => to(next, next.cursor + 1));
    case 'page-up':
      return leave((next) => to(next, next.cursor - page));
    case 'page-down':
      return leave((next) => to(next, next.cursor + page));
    case 'first':
      return leave((next) => to(next, 0));
    case 'last':
      return leave((next) => to(next, next.rows.length - 1));
    case 'next-blank':
      return find(state, isBlank, 1) ?? warn(state, { id: 'iamis.no-blank' });
    case 'previous-blank':
      return find(state, isBlank, -1) ?? warn(state, { id: 'iamis.no-blank' });
    case 'next-error':
      return find(state, hasError, 1) ?? stay(state);
    default:
      return more(state, action, services);
  }
}

function more(state: ReviewState, action: ReviewAction, services: Services): Next {
  switch (action) {
    case 'undo':
      return undo(state, services);
    case 'clear':
      return commit(state, state.cursor, 'CLEAR', services);
    case 'work':
      return rowAt(state)?.saved.isReceived === false ? cameAfterAll(state, services) : asking(state, 'work');
    case 'replace':
      return asking(state, 'replace');
    case 'further':
      return asking(state, 'further');
    case 'yours':
      return yours(state, services);
    case 'theirs':
      return theirs(state);
    case 'plot':
      return stay({ ...state, isPlotOpen: !state.isPlotOpen });
    case 'hide-names':
      return stay({ ...state, hideNames: !state.hideNames });
    case 'again':
      return askAgain(state);
    case 'report':
      return go(state, 'iamis-report');
    case 'outcome':
      return go(state, 'iamis-outcome');
    case 'reload':
      return stay({ ...state, problem: undefined }, read('sample', placeOf(state), services));
    default:
      return back(state, services);
  }
}

/** What was typed belongs to this row, whatever becomes of it, and the cursor goes on all the same. */
function leaveCell(state: ReviewState, services: Services, move: (state: ReviewState) => ReviewState): Next {
  const { cell, cursor } = state;
  if (cell === undefined) return stay(move(state));
  const next = commit({ ...state, cell: undefined }, cursor, cell.text, services, cell.expect);
  return stay(move(next.state), ...next.effects);
}

/** The centre's mark is the moderator's too. */
function agree(state: ReviewState, services: Services): Next {
  const { centreMark } = (rowAt(state) as Row).saved;
  if (typeof centreMark !== 'number') return warn(state, { id: 'iamis.why.no-centre-mark' });
  const next = commit(state, state.cursor, String(centreMark), services);
  return stay(to(next.state, state.cursor + 1), ...next.effects);
}

/** Below the last row: what remains, then the report. */
function onFooter(state: ReviewState): Next {
  if (totalsOf(state).remaining > 0) return find(state, isBlank, 1) ?? warn(state, { id: 'iamis.no-blank' });
  return go(state, 'iamis-report');
}

function cameAfterAll(state: ReviewState, services: Services): Next {
  const { centre, candidate: number, revision: expect } = (rowAt(state) as Row).saved;
  const candidate = { component: state.component.component, centre, candidate: number };
  return ask(state, { do: 'work', candidate, received: true, reason: '', expect }, placeOf(state), services);
}

function asking(state: ReviewState, of: Extract<Mode, { kind: 'reason' }>['of']): Next {
  return stay({ ...state, mode: { kind: 'reason', of, field: EMPTY_FIELD } });
}

function go(state: ReviewState, page: string): Next {
  const { component, centre, name } = state;
  return stay(state, { type: 'go', to: page, params: { component, centre, name } });
}

/** Esc first closes the plot, and only then the page: what waits in the journal is sent all the same. */
function back(state: ReviewState, { size }: Services): Next {
  if (state.isPlotOpen && size.columns < WIDE) return stay({ ...state, isPlotOpen: false });
  const { unsaved, errors } = totalsOf(state);
  const said: CommonEffect[] = unsaved + errors === 0 ? [] : [{ type: 'say', sentence: { id: 'iamis.left-behind', values: { unsaved, errors } }, as: 'warning' }];
  return stay(state, { type: 'moderation/leave', at: placeOf(state) }, { type: 'back' }, ...said);
}

function to(state: ReviewState, cursor: number): ReviewState {
  return { ...state, cursor: Math.max(0, Math.min(cursor, state.rows.length)) };
}

/** The next row for which it holds, round the end. */
function find(state: ReviewState, holds: (row: Row) => boolean, direction: 1 | -1): Next | undefined {
  const count = state.rows.length;
  const start = state.cursor >= count ? (direction === 1 ? -1 : count) : state.cursor;
  for (let moved = 1; moved <= count; moved += 1) {
    const cursor = (((start + direction * moved) % count) + count) % count;
    if (holds(state.rows[cursor] as Row)) return stay(to(state, cursor));
  }
  return undefined;
}
