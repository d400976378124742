import type { Key } from '../platform/input/key.js';
import type { Line } from '../platform/screen.js';
import { cut, width } from '../platform/text/width.js';

/** One line of text that a person types. */
export interface Field {
  readonly text: string;
  /** In characters from the start. */
  readonly cursor: number;
}

export const EMPTY_FIELD: Field = { text: '', cursor: 0 };

/** Undefined where the key is no editing key. */
export function editField(field: Field, key: Key): Field | undefined {
  if (key.kind === 'paste') return insert(field, key.text.replace(/[\r\n\t]+/g, ' ').trim());
  if (key.ctrl) return edited(field, CTRL_KEYS[key.name] ?? '');
  if (key.alt) return undefined;
  if (key.name === 'space') return insert(field, ' ');
  if ([...key.name].length === 1) return insert(field, key.name);
  return edited(field, key.name);
}

/** The field `columns` wide, with the cursor as a reversed cell; `mask` hides every character. */
export function fieldLine(field: Field, options: { columns: number; isFocused: boolean; mask?: boolean }): Line {
  const { columns, isFocused, mask } = options;
  const shown = mask ? '•'.repeat([...field.text].length) : visible(field.text);
  if (!isFocused) return [pad(shown, columns)];
  const characters = [...shown];
  const from = Math.max(0, field.cursor - columns + 2);
  return [
    { text: characters.slice(from, field.cursor).join(''), as: 'input' },
    { text: characters[field.cursor] ?? ' ', as: 'selected' },
    pad(characters.slice(field.cursor + 1).join(''), columns - (field.cursor - from) - 1),
  ];
}

const LONGEST = 1000;
const CTRL_KEYS: Readonly<Record<string, string>> = { a: 'home', e: 'end', u: 'clear', w: 'clear' };

function edited({ text, cursor }: Field, what: string): Field | undefined {
  const characters = [...text];
  if (what === 'backspace') return cursor === 0 ? { text, cursor } : remove(characters, cursor - 1);
  if (what === 'delete') return cursor === characters.length ? { text, cursor } : remove(characters, cursor);
  if (what === 'left') return { text, cursor: Math.max(0, cursor - 1) };
  if (what === 'right') return { text, cursor: Math.min(characters.length, cursor + 1) };
  if (what === 'home') return { text, cursor: 0 };
  if (what === 'end') return { text, cursor: characters.length };
  return what === 'clear' ? EMPTY_FIELD : undefined;
}

function insert({ text, cursor }: Field, added: string): Field {
  const characters = [...text];
  const next = [...characters.slice(0, cursor), ...added, ...characters.slice(cursor)];
  if (next.length > LONGEST) return { text, cursor };
  return { text: next.join(''), cursor: cursor + [...added].length };
}

function remove(characters: readonly string[], at: number): Field {
  return { text: [...characters.slice(0, at), ...characters.slice(at + 1)].join(''), cursor: at };
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd');
}

function pad(text: string, columns: number) {
  const shown = cut(text, Math.max(0, columns));
  return { text: shown + ' '.repeat(Math.max(0, columns - width(shown))), as: 'input' as const };
}
