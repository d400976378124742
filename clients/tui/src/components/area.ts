import type { Key } from '../platform/input/key.js';
import type { Line } from '../platform/screen.js';
import { width } from '../platform/text/width.js';

/** Some paragraphs that a person types. Lines are broken where the width asks for it; the text itself keeps only its own. */
export interface Area {
  readonly text: string;
  /** In characters from the start. */
  readonly cursor: number;
}

export function areaOf(text: string): Area {
  return { text, cursor: [...text].length };
}

/** Undefined where the key is no editing key. What is too long is not taken. */
export function editArea(area: Area, key: Key, options: { readonly columns: number; readonly longest: number }): Area | undefined {
  if (key.kind === 'paste') return insert(area, key.text.replace(/\r\n?/g, '\n').replace(/\t/g, ' '), options.longest);
  if (key.ctrl || key.alt) return undefined;
  if (key.name === 'enter') return insert(area, '\n', options.longest);
  if (key.name === 'space') return insert(area, ' ', options.longest);
  if ([...key.name].length === 1) return insert(area, key.name, options.longest);
  return moved(area, key.name, options.columns);
}

/** The rows of the area, at most `rows` of them, with the cursor as a reversed cell among them. */
export function areaLines(area: Area, size: { readonly columns: number; readonly rows: number }, isFocused: boolean): readonly Line[] {
  const all = broken(area.text, size.columns);
  const at = placeOf(all, area.cursor);
  const first = Math.max(0, Math.min(isFocused ? at.row - size.rows + 1 : 0, all.length - size.rows));
  return all.slice(first, first + size.rows).map(({ text }, index): Line => {
    const shown = visible(text);
    if (!isFocused || first + index !== at.row) return shown;
    const characters = [...shown];
    const here = characters[at.column] ?? ' ';
    return [characters.slice(0, at.column).join(''), { text: here, as: 'selected' }, characters.slice(at.column + 1).join('')];
  });
}

interface Row {
  /** In characters from the start of the whole text. */
  readonly from: number;
  readonly text: string;
}

/** At spaces where there are some; every character of the text stands on exactly one row, or is the line end after it. */
function broken(text: string, columns: number): readonly Row[] {
  const rows: Row[] = [];
  let from = 0;
  for (const paragraph of text.split('\n')) {
    let rest = [...paragraph];
    for (let taken = fitting(rest, columns); taken < rest.length; taken = fitting(rest, columns)) {
      rows.push({ from, text: rest.slice(0, taken).join('') });
      rest = rest.slice(taken);
      from += taken;
    }
    rows.push({ from, text: rest.join('') });
    from += rest.length + 1;
  }
  return rows;
}

/** One column stays for the cursor after the last character. */
function fitting(characters: readonly string[], columns: number): number {
  let [used, space] = [0, 0];
  for (let index = 0; index < characters.length; index += 1) {
    used += width(visible(characters[index]!));
    if (used > columns - 1) return Math.max(1, space > 0 ? space : index);
    if (characters[index] === ' ') space = index + 1;
  }
  return characters.length;
}

function placeOf(rows: readonly Row[], cursor: number): { readonly row: number; readonly column: number } {
  const row = Math.max(0, rows.findLastIndex(({ from }) => from <= cursor));
  return { row, column: cursor - rows[row]!.from };
}

function moved(area: Area, name: string, columns: number): Area | undefined {
  const characters = [...area.text];
  const { cursor } = area;
  const rows = broken(area.text, columns);
  const at = placeOf(rows, cursor);
  if (name === 'backspace') return cursor === 0 ? area : without(characters, cursor - 1);
  if (name === 'delete') return cursor === characters.length ? area : without(characters, cursor);
  if (name === 'left') return { ...area, cursor: Math.max(0, cursor - 1) };
  if (name === 'right') return { ...area, cursor: Math.min(characters.length, cursor + 1) };
  if (name === 'home') return { ...area, cursor: rows[at.row]!.from };
  if (name === 'end') return { ...area, cursor: endOf(rows, at.row) };
  if (name === 'up') return at.row === 0 ? area : { ...area, cursor: Math.min(rows[at.row - 1]!.from + at.column, endOf(rows, at.row - 1)) };
  if (name === 'down') return at.row === rows.length - 1 ? area : { ...area, cursor: Math.min(rows[at.row + 1]!.from + at.column, endOf(rows, at.row + 1)) };
  return undefined;
}

/** Of a row that goes on below, the last place that is still its own. */
function endOf(rows: readonly Row[], row: number): number {
  const { from, text } = rows[row]!;
  const end = from + [...text].length;
  return rows[row + 1]?.from === end ? end - 1 : end;
}

function insert(area: Area, added: string, longest: number): Area {
  const characters = [...area.text];
  const next = [...characters.slice(0, area.cursor), ...added, ...characters.slice(area.cursor)].join('');
  return next.length > longest ? area : { text: next, cursor: area.cursor + [...added].length };
}

function without(characters: readonly string[], at: number): Area {
  return { text: [...characters.slice(0, at), ...characters.slice(at + 1)].join(''), cursor: at };
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
}
