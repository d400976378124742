/** The marks of a component for other systems, in three formats with the same rows. */
import type { ExportModel } from '../models.js';
import type { Rendered } from '../rendered.js';
import { csvOf } from './csv.js';
import { jsonOf } from './json.js';
import { manifestOf } from './manifest.js';
import { xlsxOf } from './xlsx.js';

export async function exported(model: ExportModel): Promise<Rendered> {
  const csv = csvOf(model);
  const manifest = manifestOf(model, csv);
  const { format: extension } = model;
  const common = { extension, pages: 0, manifest };
  switch (extension) {
    case 'csv':
      return { ...common, bytes: Buffer.from(csv), mediaType: 'text/csv; charset=utf-8' };
    case 'json':
      return { ...common, bytes: Buffer.from(jsonOf(model, manifest)), mediaType: 'application/json' };
    case 'xlsx':
      return { ...common, bytes: await xlsxOf(model, manifest), mediaType: XLSX };
  }
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
