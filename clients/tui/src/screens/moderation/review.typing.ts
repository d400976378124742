import type { Key } from '../../platform/input/key.js';
import { sentenceWhyNot } from '../../platform/screen.js';
import { whyNotOpen } from './review.keys.js';
import { stay, warn, type Next } from './review.messages.js';
import { rowAt, valueOf, type ReviewState } from './review.state.js';

/** The cell under the cursor: digits go in, Enter takes them out. */

const LONGEST = 5;

/** Undefined where the key is none of the cell's. While something is typed, every printable key is the cell's. */
export function typeInCell(state: ReviewState, key: Extract<Key, { kind: 'key' }>): Next | undefined {
  if (key.ctrl || key.alt) return undefined;
  if (/^[0-9.]$/.test(key.name)) return character(state, key.name);
  if (key.name === 'backspace') return erase(state);
  if (state.cell === undefined) return undefined;
  // The pad has no Backspace: its undo takes back what is being typed, as Esc does.
  if (key.name === '-' || key.name === 'escape') return stay({ ...state, cell: undefined });
  return [...key.name].length === 1 || key.name === 'space' ? warn(state, { id: 'mark-entry.why.typing' }) : undefined;
}

/** A point where marks are whole still spoils what is typed: `7.5` is then refused on its row, and never taken as 75. */
function character(state: ReviewState, typed: string): Next {
  const row = rowAt(state);
  if (row === undefined) return warn(state, { id: 'iamis.why.footer' });
  const closed = sentenceWhyNot(whyNotOpen(state));
  if (closed !== undefined) return warn(state, closed);
  if (!row.saved.isReceived) return warn(state, { id: 'iamis.why.not-received' });
  const text = (state.cell?.text ?? '') + typed;
  if (text.length > LONGEST) return warn(state, { id: 'mark-entry.too-long' });
  const next: ReviewState = { ...state, cell: { text, expect: state.cell?.expect ?? row.saved.revision } };
  const isMisplaced = typed === '.' && state.sample?.halfMarks === false;
  return isMisplaced ? warn(next, { id: 'mark-entry.whole-marks' }) : stay(next);
}

/** Without anything typed, Backspace begins with what stands there. */
function erase(state: ReviewState): Next {
  const row = rowAt(state);
  const closed = sentenceWhyNot(whyNotOpen(state) ?? (row === undefined ? 'iamis.why.footer' : undefined));
  if (row === undefined || closed !== undefined) return closed === undefined ? stay(state) : warn(state, closed);
  const stands = row.rejected?.typed ?? valueOf(row);
  const text = (state.cell?.text ?? (stands === 'CLEAR' ? '' : stands)).slice(0, -1);
  return stay({ ...state, cell: text === '' ? undefined : { text, expect: state.cell?.expect ?? row.saved.revision } });
}
