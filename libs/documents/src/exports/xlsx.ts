import type { CellObject } from 'write-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { ExportModel } from '../models.js';
import type { Manifest } from '../rendered.js';
import { cellsOf, COLUMNS } from './columns.js';
import { withoutTimes } from './zip.js';

/** The rows, and a second sheet with the manifest. Numbers are numbers; codes are texts, so no zero before them is lost. */
export async function xlsxOf(model: ExportModel, manifest: Manifest): Promise<Uint8Array> {
  const rows = cellsOf(model).map((cells) => cells.map(cellOf));
  const { sumOfMarks, ...others } = manifest;
  const named = Object.entries({ ...others, ...sumOfMarks }).map(([name, value]) => [cellOf(name), cellOf(value)]);
  const sheets = [
    { sheet: 'Marks', data: [COLUMNS.map(({ name }) => head(name)), ...rows], columns: COLUMNS.map(({ name }) => ({ width: Math.max(12, name.length + 2) })), stickyRowsCount: 1 },
    { sheet: 'Manifest', data: named, columns: [{ width: 18 }, { width: 70 }] },
  ];
  return withoutTimes(await writeXlsxFile(sheets).toBuffer());
}

const head = (name: string): CellObject => ({ type: String, value: name, fontWeight: 'bold' });

function cellOf(value: string | number | undefined): CellObject | null {
  if (value === undefined || value === '') return null;
  return typeof value === 'number' ? { type: Number, value } : { type: String, value };
}
