import { EMPTY_FIELD } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import type { Services } from '../../platform/screen.js';
import { commitTyped } from './committing.js';
import { editNumber } from './fields.js';
import { stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, rowAt, type GridState, type Mode } from './grid.state.js';
import { toCandidate } from './moving.js';
import { rowOf } from './rows.js';
import { step } from './undoing.js';

/** Papers in another order: `candidate⏎ mark⏎`. After a number that is refused its mark is not taken either. */

type Numbers = Extract<Mode, { kind: 'numbers' }>;

const ASK: Numbers = { kind: 'numbers', candidate: undefined, field: EMPTY_FIELD };

export function updateNumbers(state: GridState, mode: Numbers, key: Key, services: Services): Next {
  const name = key.kind === 'key' && !key.ctrl && !key.alt ? key.name : '';
  if (name === 'enter') return mode.candidate === undefined ? choose(state, mode) : mark(state, mode.candidate, mode.field.text, services);
  if (name === '-') return takeBack(state, mode, services);
  if (mode.candidate !== undefined && ['*', 'A', 'a'].includes(name)) {
    return mode.field.text === '' ? mark(state, mode.candidate, 'ABS', services) : warn(state, { id: 'mark-entry.why.typing' });
  }
  const field = editNumber(mode.field, key, mode.candidate === undefined ? /^\d$/ : /^[\d.]$/);
  return field === undefined ? stay(state, { type: 'bell' }) : stay({ ...state, mode: { ...mode, field } });
}

function choose(state: GridState, { field: { text: typed } }: Numbers): Next {
  if (typed === '') return stay(state, { type: 'bell' });
  const found = toCandidate(state, typed);
  const row = found && rowAt(found);
  const isOpen = row !== undefined && !isLocked(row) && !isOutstanding(row);
  if (found !== undefined && isOpen) {
    return stay({ ...found, mode: { kind: 'numbers', candidate: row.saved.candidate, field: EMPTY_FIELD } });
  }
  const id = row === undefined ? 'mark-entry.lost' : 'mark-entry.lost-locked';
  return warn({ ...state, mode: { kind: 'lost', typed, from: 'numbers' } }, { id, values: { typed } });
}

function mark(state: GridState, candidate: string, typed: string, services: Services): Next {
  if (typed === '') return stay(state, { type: 'bell' });
  return commitTyped({ ...state, mode: ASK }, { index: rowOf(state, candidate), typed }, services);
}

/** What is typed, then the number chosen, then the mark before. */
function takeBack(state: GridState, mode: Numbers, services: Services): Next {
  if (mode.field.text !== '') return stay({ ...state, mode: { ...mode, field: EMPTY_FIELD } });
  return mode.candidate === undefined ? step(state, 'undo', services) : stay({ ...state, mode: ASK });
}
