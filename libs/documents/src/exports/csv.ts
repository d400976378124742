import type { ExportModel } from '../models.js';
import type { Cell } from './columns.js';
import { cellsOf, COLUMNS } from './columns.js';

/** RFC 4180, with a head and without a byte order mark. */
export function csvOf(model: ExportModel): string {
  const lines = [COLUMNS.map(({ name }) => name), ...cellsOf(model)];
  return lines.map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula is marked as text. */
export function field(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;
