import type { Key } from '../../platform/input/key.js';
import type { Services } from '../../platform/screen.js';
import { commitTyped } from './committing.js';
import { stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, rowAt, valueOf, type GridState, type Row } from './grid.state.js';
import { advance } from './moving.js';

/** The cell under the cursor: digits go in, Enter takes them out. */

const LONGEST = 5;

/** Undefined where the key is none of the cell's. */
export function typeInCell(state: GridState, key: Extract<Key, { kind: 'key' }>, services: Services): Next | undefined {
  if (key.ctrl || key.alt) return undefined;
  if (/^[0-9]$/.test(key.name)) return typeCharacter(state, key.name, services);
  if (key.name === '.') return state.halfMarks && state.cell !== undefined ? typeCharacter(state, '.', services) : whole(state);
  if (key.name === 'backspace') return erase(state);
  return undefined;
}

const whole = (state: GridState): Next =>
  warn(state, { id: state.halfMarks ? 'mark-entry.point-first' : 'mark-entry.whole-marks' });

function typeCharacter(state: GridState, character: string, services: Services): Next {
  const row = rowAt(state);
  if (row === undefined) return stay({ ...state, controlTotal: (state.controlTotal + character).slice(0, 7), controlChecked: false });
  if (isLocked(row)) return warn(state, { id: 'mark-entry.locked' });
  if (isOutstanding(row)) return warn(state, { id: 'mark-entry.outstanding' });
  const text = (state.cell?.text ?? '') + character;
  if (text.length > LONGEST) return warn(state, { id: 'mark-entry.too-long' });
  const next = { ...state, cell: { text, expect: state.cell?.expect ?? row.saved.revision } };
  const isWhole = state.options.autoAdvance && state.mode.kind === 'marks' && Number(`${text}0`) > state.maximum && !state.halfMarks;
  return isWhole ? leaveCell(next, services, advance) : stay(next);
}

/** Without anything typed, Backspace begins with what stands there. */
function erase(state: GridState): Next {
  const row = rowAt(state);
  if (row === undefined) return stay({ ...state, controlTotal: state.controlTotal.slice(0, -1), controlChecked: false });
  if (state.cell !== undefined) return stay({ ...state, cell: { ...state.cell, text: state.cell.text.slice(0, -1) } });
  if (isLocked(row)) return warn(state, { id: 'mark-entry.locked' });
  return stay(edit(state, row, (text) => text.slice(0, -1)));
}

export function edit(state: GridState, row: Row, change = (text: string): string => text): GridState {
  const value = row.rejected?.typed ?? valueOf(row);
  const text = value === 'CLEAR' || value === 'ABS' ? '' : value;
  return { ...state, cell: { text: change(text), expect: row.saved.revision } };
}

/** What was typed belongs to this row, whatever becomes of it, and the cursor goes on all the same. */
export function leaveCell(state: GridState, services: Services, move: (state: GridState) => GridState): Next {
  const { cell } = state;
  const index = state.shown[state.cursor];
  if (cell === undefined || index === undefined) return stay(move(state));
  const still = { ...state, cell: undefined };
  // Emptied with Backspace: there shall be no mark.
  const typed = cell.text === '' ? 'CLEAR' : cell.text;
  const next = commitTyped(still, { index, typed, expect: cell.expect }, services);
  return { state: move(next.state), effects: next.effects };
}
