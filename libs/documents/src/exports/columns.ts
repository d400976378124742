/** The columns of the marks export, in their order and by the names that other systems rely on. */
import type { ExportModel, ExportRow } from '../models.js';

export const SCHEMA_VERSION = '1';

export type Cell = string | number | undefined;

interface Column {
  readonly name: string;
  readonly of: (row: ExportRow, model: ExportModel) => Cell;
}

export const COLUMNS: readonly Column[] = [
  { name: 'SchemaVersion', of: () => SCHEMA_VERSION },
  { name: 'Series', of: (_, { component }) => component.series },
  { name: 'UnitCode', of: (_, { component }) => component.code },
  { name: 'CentreNo', of: ({ centre }) => centre },
  { name: 'CandidateNo', of: ({ candidate }) => candidate },
  { name: 'UCI', of: ({ uci }) => uci },
  { name: 'MaxMark', of: (_, { component }) => component.maximum },
  { name: 'Status', of: ({ status }) => status },
  { name: 'CentreMark', of: ({ centreMark }) => centreMark },
  { name: 'InSample', of: ({ isSampled }) => (isSampled ? 'Y' : 'N') },
  { name: 'ModeratorMark', of: ({ moderatorMark }) => moderatorMark },
  { name: 'FinalMark', of: ({ finalMark }) => finalMark },
  { name: 'Outcome', of: ({ outcome }) => outcome },
  { name: 'SubmittedAt', of: ({ submittedAt }) => submittedAt },
  { name: 'Position', of: ({ position }) => position },
];

export function cellsOf(model: ExportModel): readonly (readonly Cell[])[] {
  return model.rows.map((row) => COLUMNS.map(({ of }) => of(row, model)));
}
