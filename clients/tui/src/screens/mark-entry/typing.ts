import type { Key } from '../../platform/input/key.js';
import type { Services } from '../../platform/screen.js';
import { commitTyped } from './committing.js';
import { stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, rowAt, valueOf, type GridState, type Row } from './grid.state.js';
import { advance } from './moving.js';
import { askSecond } from './verifying.js';

/** The cell under the cursor: digits go in, Enter takes them out. */

const LONGEST = 5;

/** Undefined where the key is none of the cell's. While something is typed, every printable key is the cell's. */
export function typeInCell(state: GridState, key: Extract<Key, { kind: 'key' }>, services: Services): Next | undefined {
  if (key.ctrl || key.alt) return undefined;
  if (/^[0-9]$/.test(key.name)) return typeCharacter(state, key.name, services);
  if (key.name === '.') return point(state, services);
  if (key.name === 'backspace') return erase(state);
  if (state.cell === undefined) return undefined;
  // The pad has no Backspace: its undo takes back what is being typed.
  if (key.name === '-') return stay({ ...state, cell: undefined });
  return [...key.name].length === 1 || key.name === 'space' ? warn(state, { id: 'mark-entry.why.typing' }) : undefined;
}

/** A point that cannot stand here still spoils what is typed: `7.5` is then refused on its row, and never taken as 75. */
function point(state: GridState, services: Services): Next {
  if (rowAt(state) === undefined && !state.halfMarks) return warn(state, { id: 'mark-entry.whole-marks' });
  const next = typeCharacter(state, '.', services);
  if (state.halfMarks) return next;
  const said = warn(next.state, { id: 'mark-entry.whole-marks' });
  return { state: next.state, effects: [...next.effects, ...said.effects] };
}

function typeCharacter(state: GridState, character: string, services: Services): Next {
  const row = rowAt(state);
  if (row === undefined) return stay(inControlTotal(state, (text) => (text + character).slice(0, 8)));
  const blocked = blockedOn(state, row);
  if (blocked !== undefined) return blocked;
  const before = state.cell?.text === 'ABS' ? '' : (state.cell?.text ?? '');
  const text = before + character;
  if (text.length > LONGEST) return warn(state, { id: 'mark-entry.too-long' });
  const cell = state.cell === undefined ? { text, expect: row.saved.revision, isEdit: false } : { ...state.cell, text };
  return isCertain(state, text) ? leaveCell({ ...state, cell }, services, advance) : stay({ ...state, cell });
}

/** No further digit could make another mark of it: at most 20, `7` is certain, `1` and `2` are not. */
function isCertain({ options, halfMarks, maximum }: GridState, text: string): boolean {
  return options.autoAdvance && !halfMarks && (text === '0' || Number(`${text}0`) > maximum);
}

/** A total that was compared is complete: the next digit begins another. */
function inControlTotal(state: GridState, change: (text: string) => string): GridState {
  return { ...state, controlTotal: change(state.controlChecked ? '' : state.controlTotal), controlChecked: false };
}

function blockedOn(state: GridState, row: Row): Next | undefined {
  if (isLocked(row)) return warn(state, { id: 'mark-entry.locked' });
  return isOutstanding(row) ? warn(state, { id: 'mark-entry.outstanding' }) : undefined;
}

/** Without anything typed, Backspace begins with what stands there. */
function erase(state: GridState): Next {
  const row = rowAt(state);
  if (row === undefined) return stay(inControlTotal(state, (text) => text.slice(0, -1)));
  const blocked = blockedOn(state, row);
  if (blocked !== undefined) return blocked;
  if (state.cell === undefined) return state.isBlind ? warn(state, { id: 'mark-entry.why.blind' }) : erase(edit(state, row));
  const text = state.cell.text === 'ABS' ? '' : state.cell.text.slice(0, -1);
  const isNothing = text === '' && (!state.cell.isEdit || (valueOf(row) === 'CLEAR' && row.rejected === undefined));
  return stay({ ...state, cell: isNothing ? undefined : { ...state.cell, text } });
}

/** Opens the cell with what stands there, or was typed there and not taken. */
export function edit(state: GridState, row: Row): GridState {
  const value = row.rejected?.typed ?? valueOf(row);
  return { ...state, cell: { text: value === 'CLEAR' ? '' : value, expect: row.saved.revision, isEdit: true } };
}

/** What was typed belongs to this row, whatever becomes of it, and the cursor goes on all the same. */
export function leaveCell(state: GridState, services: Services, move: (state: GridState) => GridState): Next {
  const { cell } = state;
  const index = state.shown[state.cursor];
  if (cell === undefined || index === undefined) return stay(move(state));
  const still = { ...state, cell: undefined };
  // Emptied while editing: there shall be no mark.
  const typed = cell.text === '' ? 'CLEAR' : cell.text;
  const next = state.isBlind ? askSecond(still, typed, services) : commitTyped(still, { index, typed, expect: cell.expect }, services);
  return { state: move(next.state), effects: next.effects };
}
