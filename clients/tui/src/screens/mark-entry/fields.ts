import { editField, EMPTY_FIELD, type Field } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import type { Services } from '../../platform/screen.js';
import { filtered } from './filtering.js';
import { sheetOf, stay, warn, type Next } from './grid.messages.js';
import { MARKS, type GridState, type Mode } from './grid.state.js';
import { toCandidate } from './moving.js';
import { report } from './reporting.js';

/** Questions with one line to type into, on the message line. */

type WithField = Exclude<Extract<Mode, { field: Field }>, { kind: 'numbers' }>;

export function updateField(state: GridState, mode: WithField, key: Key, services: Services): Next {
  if (key.kind === 'key' && key.name === 'enter') return ENTER[mode.kind](state, mode.field.text, services);
  const isNumber = mode.kind === 'go' || mode.kind === 'first' || mode.kind === 'unlisted';
  if (isNumber && key.kind === 'key' && key.name === '-') return takeBack(state, mode);
  const field = isNumber ? editNumber(mode.field, key, /^\d$/) : editField(mode.field, key);
  if (field === undefined) return stay(state, { type: 'bell' });
  const next: GridState = { ...state, mode: { ...mode, field } };
  return stay(mode.kind === 'filter' ? filtered(next, field.text) : next);
}

/** In a field of digits another printable key is no text. */
export function editNumber(field: Field, key: Key, accepted: RegExp): Field | undefined {
  if (key.kind === 'paste') return /^\d+$/.test(key.text) ? editField(field, key) : undefined;
  const isText = [...key.name].length === 1 && !key.ctrl && !key.alt;
  return key.name === 'space' || (isText && !accepted.test(key.name)) ? undefined : editField(field, key);
}

/** The pad has neither Backspace nor Esc: `-` takes back what is typed, then the question. */
function takeBack(state: GridState, mode: WithField): Next {
  return stay({ ...state, mode: mode.field.text === '' && mode.kind !== 'first' ? MARKS : { ...mode, field: EMPTY_FIELD } });
}

type Entered = (state: GridState, text: string, services: Services) => Next;

const ENTER: Readonly<Record<WithField['kind'], Entered>> = {
  first: checkFirst,
  go: (state, text) => {
    if (text === '') return stay({ ...state, mode: MARKS });
    const found = toCandidate(state, text);
    if (found !== undefined) return stay({ ...found, mode: MARKS });
    return warn({ ...state, mode: { kind: 'lost', typed: text } }, { id: 'mark-entry.lost', values: { typed: text } });
  },
  filter: (state) => stay({ ...state, mode: MARKS }),
  reason: (state, text, services) => {
    if (text.trim() === '') return stay(state, { type: 'bell' });
    return report(state, { kind: 'script', received: false, reason: text.trim().slice(0, LONGEST_REASON) }, services);
  },
  unlisted: (state, number, services) => {
    if (!/^\d{1,8}$/.test(number)) return warn(state, { id: 'mark-entry.unlisted.malformed' });
    return stay({ ...state, mode: MARKS }, { type: 'mark-entry/unlisted', ...sheetOf(state), number, commandId: services.newId() });
  },
};

/** The service takes no longer one. */
const LONGEST_REASON = 200;

/**
 * Opened by Enter at the end of another sheet. The number is wanted as it is printed, in four digits: a mark that was
 * still meant for the sheet before can then never be taken for it.
 */
function checkFirst(state: GridState, text: string): Next {
  if (text === '') return stay({ ...state, mode: MARKS, isFresh: false });
  const found = text.length === 4 ? toCandidate(state, text) : undefined;
  if (found !== undefined) return stay({ ...found, mode: MARKS, isFresh: false });
  const again: GridState = { ...state, mode: { kind: 'first', field: EMPTY_FIELD } };
  const id = text.length === 4 ? 'mark-entry.unknown-candidate' : 'mark-entry.first.whole';
  return warn(again, { id, values: { typed: text } });
}
