import { EMPTY_FIELD } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import type { Sentence, Services } from '../../platform/screen.js';
import { commitTyped } from './committing.js';
import { editNumber } from './fields.js';
import { stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, NUMBERS, rowAt, type GridState, type Numbers } from './grid.state.js';
import { toCandidate } from './moving.js';
import { rowOf } from './rows.js';
import { step } from './undoing.js';

/** Papers in another order: `candidate⏎ mark⏎`. A number that is refused takes the one mark that follows it along. */

export function updateNumbers(state: GridState, mode: Numbers, key: Key, services: Services): Next {
  const name = key.kind === 'key' && !key.ctrl && !key.alt ? key.name : '';
  const awaitsMark = mode.candidate !== undefined || mode.refused !== undefined;
  if (name === 'enter') return awaitsMark ? mark(state, mode, mode.field.text, services) : choose(state, mode);
  if (name === '-') return takeBack(state, mode, services);
  if (name === '/' && mode.refused !== undefined) return stay({ ...state, mode: NUMBERS });
  if (awaitsMark && ['*', 'A', 'a'].includes(name)) {
    return mode.field.text === '' ? mark(state, mode, 'ABS', services) : warn(state, { id: 'mark-entry.why.typing' });
  }
  const field = editNumber(mode.field, key, awaitsMark ? /^[\d.]$/ : /^\d$/);
  return field === undefined ? stay(state, { type: 'bell' }) : stay({ ...state, mode: { ...mode, field } });
}

function choose(state: GridState, { field: { text: typed } }: Numbers): Next {
  if (typed === '') return stay(state, { type: 'bell' });
  const found = toCandidate(state, typed);
  const row = found && rowAt(found);
  const isOpen = row !== undefined && !isLocked(row) && !isOutstanding(row);
  if (found !== undefined && isOpen) return stay({ ...found, mode: { ...NUMBERS, candidate: row.saved.candidate } });
  const id = row === undefined ? 'mark-entry.numbers.unknown' : 'mark-entry.numbers.locked';
  return refused(state, { ...NUMBERS, refused: typed }, { id, values: { typed } });
}

function mark(state: GridState, { candidate, refused: number }: Numbers, typed: string, services: Services): Next {
  if (typed === '') return stay(state, { type: 'bell' });
  if (candidate === undefined) {
    return refused(state, NUMBERS, { id: 'mark-entry.numbers.dropped', values: { typed: number ?? '', mark: typed } });
  }
  return noted(commitTyped({ ...state, mode: NUMBERS }, { index: rowOf(state, candidate), typed }, services));
}

function refused(state: GridState, mode: Numbers, note: Sentence): Next {
  return warn({ ...state, mode: { ...mode, note } }, note);
}

/** What is typed, then the number chosen or refused, then the mark before. */
function takeBack(state: GridState, mode: Numbers, services: Services): Next {
  if (mode.field.text !== '') return stay({ ...state, mode: { ...mode, field: EMPTY_FIELD } });
  const isChosen = mode.candidate !== undefined || mode.refused !== undefined;
  return isChosen ? stay({ ...state, mode: NUMBERS }) : noted(step({ ...state, mode: NUMBERS }, 'undo', services));
}

/** What is said of an entry stands beside the next question as well. */
function noted({ state, effects }: Next): Next {
  const said = effects.findLast((effect) => effect.type === 'say')?.sentence;
  const note: Sentence | undefined = said?.id === 'mark-entry.rejected' ? { ...said, id: 'mark-entry.numbers.rejected' } : said;
  return { state: { ...state, mode: { ...NUMBERS, note } }, effects };
}
