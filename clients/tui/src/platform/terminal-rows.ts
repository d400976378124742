import { width } from './text/width.js';

/**
 * Puts rows on the terminal and writes no more than changed: Ink's own output step reads every visible character anew at
 * every key (5.6 ms for 140×44, of which 4 ms in its tokenizer); this one reads the rows that differ, once.
 */
export interface RowWriter {
  /** The bytes that turn what was drawn last into these rows. */
  readonly draw: (rows: readonly string[]) => string;
  /** The terminal was emptied: everything is to be drawn again. */
  readonly forget: () => void;
}

export function createRowWriter(): RowWriter {
  let drawn: readonly string[] = [];
  return {
    draw: (rows) => {
      const count = Math.max(rows.length, drawn.length);
      let bytes = '';
      for (let row = 0; row < count; row += 1) {
        const before = drawn[row] ?? '';
        const after = rows[row] ?? '';
        if (before !== after) bytes += rowChange(before, after, row);
      }
      drawn = rows;
      return bytes.length > LARGE ? `${BEGIN}${bytes}${END}` : bytes;
    },
    forget: () => {
      drawn = [];
    },
  };
}

/** More than this is shown at once by terminals that can (synchronised output). */
const LARGE = 600;
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const RESET = '\u001b[0m';

function rowChange(before: string, after: string, row: number): string {
  const whole = `${at(row, 0)}${RESET}${after}${RESET}\u001b[K`;
  const from = cells(before);
  const to = cells(after);
  if (from === undefined || to === undefined) return whole;
  const parts = cellChanges(from, to, row);
  return parts.length < whole.length ? parts : whole;
}

interface Cell {
  readonly text: string;
  /** SGR sequences in force. */
  readonly style: string;
}

const BLANK: Cell = { text: ' ', style: '' };
/** Fewer equal cells between two changes are written again: going over them with the cursor costs more. */
const SHORT_GAP = 7;

function cellChanges(from: readonly Cell[], to: readonly Cell[], row: number): string {
  const count = Math.max(from.length, to.length);
  let bytes = '';
  let style = '';
  let column = -SHORT_GAP;
  for (let index = 0; index < count; index += 1) {
    const cell = to[index] ?? BLANK;
    const old = from[index] ?? BLANK;
    if (cell.text === old.text && cell.style === old.style) continue;
    if (index - column >= SHORT_GAP || column < 0) {
      bytes += at(row, index);
      column = index;
    }
    for (; column <= index; column += 1) {
      const next = to[column] ?? BLANK;
      if (next.style !== style) bytes += next.style === '' ? RESET : `${style === '' ? '' : RESET}${next.style}`;
      style = next.style;
      bytes += next.text;
    }
  }
  return style === '' ? bytes : bytes + RESET;
}

function at(row: number, column: number): string {
  return `\u001b[${row + 1};${column + 1}H`;
}

/**
 * One cell a column. Undefined where a character may be wider or narrower than thought (emoji, combining marks, East
 * Asian): such a row is always written whole, so that a mistake about its width stays in that row.
 */
function cells(row: string): readonly Cell[] | undefined {
  const found: Cell[] = [];
  let style = '';
  for (let index = 0; index < row.length; index += 1) {
    if (row[index] === '\u001b') {
      const end = row.indexOf('m', index);
      const sequence = row.slice(index, end + 1);
      style = sequence === RESET ? '' : style + sequence;
      index = end;
    } else if (isNarrow(row.charCodeAt(index), row[index]!)) {
      found.push({ text: row[index]!, style });
    } else {
      return undefined;
    }
  }
  return found;
}

/** Latin, punctuation, arrows, box drawing and the signs the screens use: one column in every terminal. */
function isNarrow(code: number, character: string): boolean {
  if (code >= 0x20 && code < 0x250) return code !== 0x7f;
  if (code >= 0x1e00 && code < 0x1f00) return true;
  if (code >= 0x2010 && code < 0x25ff) return width(character) === 1;
  return '✓▸'.includes(character);
}
