import type { ImportAnswer, RefusedRow, ROWS_PER_REQUEST } from '@portal/contract';
import type { Context } from './context.js';
import type { CsvFile, CsvRow } from './csv.js';
import { en, type MessageId } from '../platform/i18n/catalogue.js';
import { translator } from '../platform/i18n/translate.js';
import { EXIT, type Done, type Say } from './outcome.js';
import { headings, table } from './table.js';

export const rowsPerRequest: typeof ROWS_PER_REQUEST = 500;

/** Of accounts, also the names they got. */
export type Imported = ImportAnswer & { readonly accounts?: readonly { readonly row: number; readonly username: string }[] };

/** What an import prints whatever it came to: 0 none refused, 5 some stand and some do not, 1 none stand. */
export function importOutcome(answer: Imported, isUnknown = false): Done {
  const [refused, warnings] = [inOrder(answer.refused), inOrder(answer.warnings ?? [])];
  const stand = answer.accepted + answer.unchanged;
  const code = isUnknown ? EXIT.unknown : refused.length === 0 ? undefined : stand > 0 ? EXIT.partly : EXIT.refused;
  return {
    kind: 'done',
    document: { ...answer, refused },
    ...(code !== undefined && { code }),
    text: say => {
      const { accepted, unchanged } = answer;
      const warned = warnings.length === 0 ? [] : [say('cli.warned', { count: warnings.length }), rowsOf(say, warnings)];
      const summary = say('cli.imported', { accepted, unchanged, refused: refused.length });
      const named = (answer.accounts ?? []).map(({ row, username }) => `${row}  ${username}`);
      return [...(refused.length === 0 ? [] : [rowsOf(say, refused)]), ...warned, ...named, summary].join('\n');
    },
  };
}

const inOrder = (rows: readonly RefusedRow[]): RefusedRow[] => [...rows].sort((a, b) => a.row - b.row);

function rowsOf(say: Say, rows: readonly RefusedRow[]): string {
  const heads = headings(['row', 'candidate', 'field', 'reason']);
  return table(say, heads, rows.map(one => [one.row, one.candidate, one.field, reasonFor(say, one)]));
}

/** The stable word of the JSON as a sentence, where the catalogue has one. */
function reasonFor(say: Say, { reason, ...more }: RefusedRow): string {
  const id = [`problem.${reason}`, `cli.warning.${reason}`].find(one => one in en);
  if (id !== undefined) return say(id as MessageId);
  return (more as { readonly detail?: string }).detail ?? reason;
}

/** Rows that cannot even be sent. */
export function misshapenRows(context: Context, file: CsvFile): readonly RefusedRow[] {
  const say = translator(context.language);
  return file.misshapen.map(({ row, columns }) => ({
    row,
    candidate: null,
    field: 'row',
    reason: say('cli.row-columns', { found: columns, expected: file.columns.join(',') }),
  }));
}

/** Rows refused before anything was asked of the service. */
export function nothingBut(refused: readonly RefusedRow[]): ImportAnswer {
  return { accepted: 0, unchanged: 0, refused: [...refused] };
}

/** The service counts the rows of one request; the person counts those of the file. */
export function renumbered<A extends Imported>(answer: A, rows: readonly CsvRow[]): A {
  const inFile = <Listed extends { readonly row: number }>(one: Listed) => ({ ...one, row: rows[one.row - 1]?.row ?? one.row });
  return {
    ...answer,
    refused: answer.refused.map(inFile),
    ...(answer.warnings && { warnings: answer.warnings.map(inFile) }),
    ...(answer.accounts && { accounts: answer.accounts.map(inFile) }),
  };
}

export function addUp(answers: readonly Imported[]): Imported {
  return {
    accepted: answers.reduce((sum, one) => sum + one.accepted, 0),
    unchanged: answers.reduce((sum, one) => sum + one.unchanged, 0),
    refused: answers.flatMap(one => one.refused),
    ...(answers.some(one => one.accounts !== undefined) && { accounts: answers.flatMap(one => one.accounts ?? []) }),
    ...(answers.some(one => one.warnings !== undefined) && { warnings: answers.flatMap(one => one.warnings ?? []) }),
  };
}

export function chunksOf<T>(rows: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / size);
  return Array.from({ length: count }, (_, index) => rows.slice(index * size, (index + 1) * size));
}

/** On standard error, over itself, where a person looks on. */
export function createProgress({ surroundings: { stderr }, options, language }: Context, total: number) {
  const shown = stderr.isTTY && !options.quiet && !options.json && total > rowsPerRequest;
  const say = translator(language);
  return {
    at: (done: number) => void (shown && stderr.write(`\r${say('cli.progress', { done, total })}`)),
    end: () => void (shown && stderr.write('\r\u001b[K')),
  };
}
