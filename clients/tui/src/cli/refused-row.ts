import type { RefusedRow } from '@portal/contract';
import type { ApiProblem } from '../platform/api/result.js';
import type { CsvRow } from './csv.js';

const FIELDS: Readonly<Record<string, string>> = {
  centre: 'CentreNo',
  candidate: 'CandidateNo',
  mark: 'Mark',
  component: 'component',
  SchemaVersion: 'SchemaVersion',
  UnitCode: 'UnitCode',
  Series: 'Series',
};

/** Which column is at fault where the refusal does not say. */
const FIELD_BY_TYPE: Readonly<Record<string, string>> = {
  'component-unknown': 'component',
  'component-ambiguous': 'component',
  'centre-unknown': 'CentreNo',
  'candidate-unknown': 'CandidateNo',
  'not-your-candidate': 'CandidateNo',
};

/** `detail` is one field more than the contract names, for people. */
export type SpokenRefusal = RefusedRow & { readonly detail: string };

/** A refused mark as a refused row of the file it came from. */
export function refusal(
  { row, values }: CsvRow,
  problem: Pick<ApiProblem, 'type' | 'field' | 'detail'>,
): SpokenRefusal {
  const field = FIELDS[problem.field ?? ''] ?? FIELD_BY_TYPE[problem.type] ?? 'Mark';
  return { row, candidate: values['CandidateNo']!, field, reason: problem.type, detail: problem.detail };
}
