/** How long a document takes when its letters are known, and how many come out of one thread. */
import { render, type DocumentModel } from '@portal/documents';
import { exportModel, formulaModel, sheetModels } from '@portal/documents/testing';
import { nowMs, percentile, toFigure, type Figure } from '../measure.js';

const ROWS = 300;
const LIMIT_MS = 300;
const RUNS = 5;
const RENDERINGS = 7;
const WARM = 12;
/** What the limit of a large document allows, at least, of a mixture of ordinary ones. */
const LEAST_PER_SECOND = 1_000 / LIMIT_MS;

export async function run(): Promise<readonly Figure[]> {
  return [await large('formula', formulaModel([ROWS])), await large('CSV', exportModel(ROWS, 'csv')), await large('XLSX', exportModel(ROWS, 'xlsx')), await mixed()];
}

/** The median of each run; the sheet of a whole year group. */
async function large(kind: string, model: DocumentModel): Promise<Figure> {
  for (let warm = 0; warm < WARM; warm++) await took(model);
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const tookMs: number[] = [];
    for (let n = 0; n < RENDERINGS; n++) tookMs.push(await took(model));
    figures.push(percentile(tookMs, 0.5));
  }
  return toFigure({ name: `documents: ${kind} of ${ROWS} rows, warm, median`, unit: 'ms', goal: { atMost: 1 } }, figures, [LIMIT_MS]);
}

async function took(model: DocumentModel): Promise<number> {
  const began = nowMs();
  const { bytes } = await render(model);
  if (bytes.length === 0) throw new Error(`an empty ${model.kind}`);
  return nowMs() - began;
}

/** Every kind of sheet in both languages, forty rows each. */
async function mixed(): Promise<Figure> {
  const models = sheetModels(40).map(([, model]) => model);
  const figures: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = nowMs();
    for (const model of models) await took(model);
    figures.push((models.length * 1_000) / (nowMs() - began));
  }
  const name = 'documents: sheets of 40 rows a second, one thread';
  return toFigure({ name, unit: '/s', goal: { atLeast: 1 } }, figures, [LEAST_PER_SECOND]);
}
