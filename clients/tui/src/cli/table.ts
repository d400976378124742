import { sanitise } from '../platform/text/sanitise.js';
import { width } from '../platform/text/width.js';
import type { MessageId } from '../platform/i18n/catalogue.js';
import type { cliEn } from './cli.en.js';
import type { Done, Say } from './outcome.js';

type Heading = Extract<keyof typeof cliEn, `cli.head.${string}`>;
export type Column = Heading extends `cli.head.${infer Name}` ? Name : never;

export function headings(columns: readonly Column[]): readonly MessageId[] {
  return columns.map(column => `cli.head.${column}` as const);
}

export type Cell = string | number | null | undefined;

/** Aligned columns under their headings: numbers to the right, text to the left, one line a row. */
export function table(say: Say, heads: readonly MessageId[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return say('cli.none');
  const isNumeric = heads.map((_, column) => rows.every(row => isFigure(row[column] ?? 0)));
  const lines = [heads.map(id => say(id)), ...rows.map(row => row.map(text))];
  const widths = heads.map((_, column) => Math.max(...lines.map(line => width(line[column] ?? ''))));
  return lines
    .map(line => line.map((cell, column) => pad(cell, widths[column]!, isNumeric[column]!)).join('  ').trimEnd())
    .join('\n');
}

/** A number, or what stands in the place of a mark. */
function isFigure(cell: string | number): boolean {
  return typeof cell === 'number' || cell === 'ABS' || cell === 'CF';
}

/** A table as the whole answer. */
export function listed<C extends Column>(
  document: unknown,
  columns: readonly C[],
  rows: readonly { readonly [K in C]: string | number | null }[],
): Done {
  return {
    kind: 'done',
    document,
    text: say => table(say, headings(columns), rows.map(row => columns.map(column => row[column]))),
  };
}

/** Names come from elsewhere: nothing in them may reach the terminal as a command. */
function text(cell: Cell): string {
  return cell === null || cell === undefined ? '' : sanitise(String(cell));
}

function pad(cell: string, columns: number, right: boolean): string {
  const spaces = ' '.repeat(Math.max(0, columns - width(cell)));
  return right ? spaces + cell : cell + spaces;
}
