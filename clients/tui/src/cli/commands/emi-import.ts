import type { Command } from 'commander';
import type { ImportAnswer, MarkAnswer, MarkRow } from '@portal/contract';
import { isPassing, mapResult, type ApiResult } from '../../platform/api/result.js';
import { translator } from '../../platform/i18n/translate.js';
import { inCapacity, type Placed } from '../capacity.js';
import { derivedId } from '../command-id.js';
import { readCsv, type CsvRow } from '../csv.js';
import {
  addUp, chunksOf, createProgress, importOutcome, misshapenRows, nothingBut, rowsPerRequest,
} from '../importing.js';
import { EXPORTED, isExport, marksIn } from '../marks-export.js';
import { notDone, type Outcome } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { refusal, type SpokenRefusal } from '../refused-row.js';
import { repeatWhileUnknown } from '../repeat.js';
import { previewSheet } from './emi-preview.js';

/** Marks from a file, sheet by sheet. Each row has a command id of its own, derived from the one of the import. */

const COLUMNS = ['CentreNo', 'CandidateNo', 'Mark'];

interface ImportOptions {
  readonly dryRun?: true;
}

export function addEmiImport(emi: Command, { add, served, withCommandId, say }: Workshop): void {
  const command = add(emi, 'import <component> <file>', 'cli.command.emi.import');
  command.option('--dry-run', say('cli.option.dryRun'));
  served<ImportOptions>(withCommandId(command), inCapacity(importMarks));
}

async function importMarks(at: Placed<ImportOptions>): Promise<Outcome> {
  const read = await readCsv(at.context, at.words[1]!, { required: COLUMNS, or: EXPORTED });
  if ('kind' in read) return read;
  const { file, refused } = isExport(read) ? marksIn(read, at.words[0]!, 'ModeratorMark') : { file: read, refused: [] };
  const { once, repeated } = withoutRepeats(at, file.rows);
  const answers: ImportAnswer[] = [nothingBut([...misshapenRows(at.context, file), ...refused, ...repeated])];
  const progress = createProgress(at.context, once.length);
  let done = 0;
  let isUnknown = false;
  for (const rows of batches(once)) {
    const result = await (at.options.dryRun ? previewSheet(at, rows) : sendRows(at, rows));
    if (result.kind === 'signed-out' || result.kind === 'unreachable' || result.kind === 'unknown') {
      progress.end();
      // Part of the file may stand already: a repeat under the same id settles the rest.
      return notDone(done > 0 && !at.options.dryRun ? { kind: 'unknown', cause: result.kind } : result, at);
    }
    const answer = result.kind === 'ok' ? result.value : nothingBut(rows.map(row => refusal(row, result.problem)));
    isUnknown ||= answer.refused.some(one => one.reason === 'outcome-unknown');
    answers.push(answer);
    progress.at((done += rows.length));
  }
  progress.end();
  return importOutcome(addUp(answers), isUnknown);
}

/** One after another by centre, none larger than a request may be. */
function batches(rows: readonly CsvRow[]): readonly (readonly CsvRow[])[] {
  const byCentre = Map.groupBy(rows, row => row.values['CentreNo']!);
  return [...byCentre.values()].flatMap(sheet => chunksOf(sheet, rowsPerRequest));
}

async function sendRows(at: Placed<ImportOptions>, rows: readonly CsvRow[]): Promise<ApiResult<ImportAnswer>> {
  const [component = ''] = at.words;
  const centre = rows[0]!.values['CentreNo']!;
  const marks = rows.map(row => markRow(at.commandId, row));
  let latest: readonly MarkAnswer[] | undefined;
  const result = await repeatWhileUnknown(async () => {
    const sent = await at.api.enterMarks(component, centre, marks, { capacity: at.capacity });
    if (sent.kind !== 'ok') return sent;
    latest = sent.value;
    // A row that could not be settled makes the whole request one to repeat: the ids make that harmless.
    return sent.value.some(unsettled) ? { kind: 'unknown', cause: 'unsettled rows' } : sent;
  });
  if (result.kind === 'unknown' && latest !== undefined) return { kind: 'ok', value: tally(rows, latest) };
  return mapResult(result, answers => tally(rows, answers));
}

function markRow(base: string, { row, values: { CentreNo, CandidateNo, Mark } }: CsvRow): MarkRow {
  return {
    commandId: derivedId(base, `${row} ${CentreNo} ${CandidateNo} ${Mark}`),
    candidate: CandidateNo!,
    mark: Mark!,
    // Settled: in a file, zero and full marks are meant as they are.
    confirmed: true,
    enteredAt: new Date().toISOString(),
  };
}

function unsettled(answer: MarkAnswer): boolean {
  return 'refused' in answer && isPassing(answer.refused);
}

function tally(rows: readonly CsvRow[], answers: readonly MarkAnswer[]): ImportAnswer {
  const recorded = answers.filter(answer => 'recorded' in answer);
  const refused = answers.flatMap((answer, index) =>
    'refused' in answer ? [refusal(rows[index]!, answer.refused)] : [],
  );
  const accepted = recorded.filter(answer => answer.recorded.event !== null).length;
  return { accepted, unchanged: recorded.length - accepted, refused };
}

/** Two rows about one candidate contradict each other: the first stands and the others are named. */
function withoutRepeats(at: Served<ImportOptions>, rows: readonly CsvRow[]) {
  const say = translator(at.context.language);
  const first = new Map<string, number>();
  const repeated: SpokenRefusal[] = [];
  const once = rows.filter(row => {
    const key = `${row.values['CentreNo']} ${row.values['CandidateNo']}`;
    const earlier = first.get(key);
    if (earlier === undefined) return first.set(key, row.row);
    const detail = say('cli.row-repeated', { row: earlier });
    repeated.push(refusal(row, { type: 'row-repeated', field: 'candidate', detail }));
    return false;
  });
  return { once, repeated };
}
