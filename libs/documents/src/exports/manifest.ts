import { createHash } from 'node:crypto';
import type { ExportModel, ExportRow } from '../models.js';
import type { Manifest } from '../rendered.js';
import { SCHEMA_VERSION } from './columns.js';

export function manifestOf({ component, source, rows }: ExportModel, csv: string): Manifest {
  const sum = (of: 'centreMark' | 'moderatorMark' | 'finalMark'): number =>
    rows.reduce((all: number, row: ExportRow) => all + (row[of] ?? 0), 0);
  return {
    schemaVersion: SCHEMA_VERSION,
    component: component.component,
    series: component.series,
    position: source.position,
    source: source.hash,
    rows: rows.length,
    sumOfMarks: { centreMark: sum('centreMark'), moderatorMark: sum('moderatorMark'), finalMark: sum('finalMark') },
    sha256: createHash('sha256').update(csv).digest('hex'),
  };
}
