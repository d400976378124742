/**
 * A marks export (CSV, domain.md "Documents") in the place of a file of marks. What it says was final, submitted or the
 * outcome is not taken over: an import makes drafts only.
 */
import type { RefusedRow } from '@portal/contract';
import type { Columns, CsvFile, CsvRow } from './csv.js';
import { refusal } from './refused-row.js';

export const EXPORTED: Columns = {
  required: [
    'SchemaVersion', 'Series', 'UnitCode', 'CentreNo', 'CandidateNo', 'UCI', 'MaxMark', 'Status', 'CentreMark', 'InSample',
    'ModeratorMark', 'FinalMark', 'Outcome', 'SubmittedAt', 'Position',
  ],
};

const SCHEMA_VERSION = '1';

export const isExport = ({ columns }: CsvFile): boolean => columns.includes('SchemaVersion');

/** Rows as `CentreNo,CandidateNo,Mark`, the mark from the column that is asked for; those without a mark say nothing. */
export function marksIn(file: CsvFile, component: string, column: 'CentreMark' | 'ModeratorMark') {
  const [taken, refused]: [CsvRow[], RefusedRow[]] = [[], []];
  for (const row of file.rows) {
    const reason = faultOf(row.values, component);
    if (reason !== undefined) refused.push(refusal(row, { type: reason.type, field: reason.field, detail: reason.type }));
    else if (row.values['Status'] !== 'NONE') taken.push({ row: row.row, values: bare(row.values, column) });
  }
  return { file: { ...file, rows: taken }, refused };
}

function faultOf({ SchemaVersion, UnitCode, Series }: CsvRow['values'], component: string) {
  const [code, series = Series] = component.split('@');
  if (SchemaVersion !== SCHEMA_VERSION) return { type: 'schema-unknown', field: 'SchemaVersion' };
  if (UnitCode !== code) return { type: 'other-component', field: 'UnitCode' };
  return Series === series ? undefined : { type: 'other-component', field: 'Series' };
}

/** `ABS` and `CF` are what stands in the place of a mark. */
function bare({ CentreNo = '', CandidateNo = '', Status = '', ...rest }: CsvRow['values'], column: 'CentreMark' | 'ModeratorMark'): CsvRow['values'] {
  return { CentreNo, CandidateNo, Mark: Status === 'MARK' ? (rest[column] ?? '') : Status };
}
