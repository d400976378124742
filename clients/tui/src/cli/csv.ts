import { readArgument, type Context } from './context.js';
import { refused, sentence, type Failed, type Sentence } from './outcome.js';

/** One row of a file, by column name; `row` counts from 1 after the header, blank lines included. */
export interface CsvRow {
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
}

export interface CsvFile {
  /** Of the header, in its order. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Rows that do not have the header's number of columns. */
  readonly misshapen: readonly { readonly row: number; readonly columns: number }[];
}

export interface Columns {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** Another kind of file taken in the same place, meant as soon as the header has a column of it alone. */
  readonly or?: Columns;
}

/** Nothing is repaired: a header that is not exactly these columns, in any order, refuses the file. */
export async function readCsv(context: Context, file: string, columns: Columns): Promise<CsvFile | Failed> {
  const read = readArgument(context, file);
  if ('kind' in read) return read;
  const { parse, CsvError } = await import('csv-parse/sync');
  let records: string[][];
  try {
    records = parse(read.text, { bom: true, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, skip_empty_lines: false });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refusedFile(undefined, sentence('cli.csv-malformed', { file, cause: error.message }));
  }
  const [header = [], ...body] = records;
  return headerFault(file, header, meant(header, columns)) ?? shaped(file, header, body);
}

function meant(header: readonly string[], columns: Columns): Columns {
  const { required, optional = [], or } = columns;
  const isOther = or?.required.some(name => header.includes(name) && ![...required, ...optional].includes(name));
  return isOther === true ? or! : columns;
}

function shaped(file: string, header: readonly string[], body: readonly string[][]): CsvFile | Failed {
  const filled = body
    .map((cells, index) => ({ cells, row: index + 1 }))
    .filter(({ cells }) => cells.some(cell => cell !== ''));
  if (filled.length === 0) return refusedFile(undefined, sentence('cli.csv-empty', { file }));
  const fits = (cells: readonly string[]) => cells.length === header.length;
  return {
    columns: header,
    rows: filled.filter(({ cells }) => fits(cells)).map(({ cells, row }) => ({
      row,
      values: Object.fromEntries(header.map((name, column) => [name, cells[column]!])),
    })),
    misshapen: filled.filter(({ cells }) => !fits(cells)).map(({ cells, row }) => ({ row, columns: cells.length })),
  };
}

function headerFault(file: string, header: readonly string[], columns: Columns): Failed | undefined {
  const { required, optional = [] } = columns;
  const missing = required.find(name => !header.includes(name));
  const unknown = header.find(name => !required.includes(name) && !optional.includes(name));
  const twice = header.find((name, column) => header.indexOf(name) !== column);
  const [id, column] =
    missing !== undefined
      ? (['cli.csv-header.missing', missing] as const)
      : unknown !== undefined
        ? (['cli.csv-header.unknown', unknown] as const)
        : (['cli.csv-header.twice', twice] as const);
  if (column === undefined) return undefined;
  const expected = [...required, ...optional.map(name => `[${name}]`)].join(',');
  const problem = { id, values: { column } };
  return refusedFile(column, { id: 'cli.csv-header', values: { file, expected }, inner: { problem } });
}

function refusedFile(field: string | undefined, said: Sentence): Failed {
  return refused('csv-malformed', field, said);
}
