import type { ExportModel } from '../models.js';
import type { Manifest } from '../rendered.js';
import { cellsOf, COLUMNS } from './columns.js';

/** The manifest, and the rows by the names of the columns, one a line; null where a cell is empty. */
export function jsonOf(model: ExportModel, manifest: Manifest): string {
  const rows = cellsOf(model).map((cells) => JSON.stringify(Object.fromEntries(COLUMNS.map(({ name }, n) => [name, emptied(cells[n])]))));
  return `{"manifest":${JSON.stringify(manifest)},\n"rows":[${rows.length === 0 ? '' : `\n${rows.join(',\n')}\n`}]}\n`;
}

const emptied = (cell: string | number | undefined): string | number | null => (cell === undefined || cell === '' ? null : cell);
