import type { Command } from 'commander';
import type { CENTRE_MARK_ROWS, CentreMarksAnswer } from '@portal/contract';
import { sanitise } from '../../platform/text/sanitise.js';
import { inCapacity, type Placed } from '../capacity.js';
import { readCsv, type CsvFile } from '../csv.js';
import { importOutcome, misshapenRows, renumbered } from '../importing.js';
import { EXPORTED, isExport, marksIn } from '../marks-export.js';
import { notDone, refused, sentence, type Done, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';

/** The centres' marks from a file: all of it in one request, and all of it or nothing. */

const COLUMNS = { required: ['CentreNo', 'CandidateNo', 'Mark'], optional: ['TeachingGroup'], or: EXPORTED };
const MOST_ROWS: typeof CENTRE_MARK_ROWS = 10_000;

interface ImportOptions {
  readonly dryRun?: true;
  readonly submit?: true;
}

export function addCentreMarks(iamis: Command, { add, served, withCommandId, say }: Workshop): void {
  const command = add(iamis, 'import <component> <file>', 'cli.command.iamis.import')
    .option('--dry-run', say('cli.option.dryRun'))
    .option('--submit', say('cli.option.submitCentres'));
  served<ImportOptions>(withCommandId(command), inCapacity(importMarks));
}

async function importMarks(at: Placed<ImportOptions>): Promise<Outcome> {
  const read = await readCsv(at.context, at.words[1]!, COLUMNS);
  if ('kind' in read) return read;
  if (isExport(read) && at.options.submit) return refused('drafts-only', 'file', sentence('cli.drafts-only'));
  const { file, refused: other } = isExport(read) ? marksIn(read, at.words[0]!, 'CentreMark') : { file: read, refused: [] };
  const count = read.rows.length + read.misshapen.length;
  if (count > MOST_ROWS) return refused('too-large', 'file', sentence('cli.rows-too-many', { count, most: MOST_ROWS }));
  const answer = file.rows.length === 0 ? nothing() : await send(at, file, other.length > 0 || file.misshapen.length > 0);
  if ('kind' in answer) return answer;
  return centreMarksOutcome({ ...answer, refused: [...misshapenRows(at.context, file), ...other, ...answer.refused] });
}

/** With a row that cannot even be sent nothing may be imported; what else is wrong with the file is still asked. */
async function send(at: Placed<ImportOptions>, file: CsvFile, hasUnsendable: boolean): Promise<CentreMarksAnswer | Outcome> {
  const { capacity, commandId, options } = at;
  const dryRun = options.dryRun === true || hasUnsendable;
  const rows = file.rows.map(row => row.values);
  const body = { rows, ...(dryRun && { dryRun }), ...(options.submit && { submit: true }) };
  const result = await repeatWhileUnknown(() => at.api.iamis.importMarks(at.words[0]!, body, { commandId, capacity }));
  return result.kind === 'ok' ? renumbered(result.value, file.rows) : notDone(result, at);
}

function nothing(): CentreMarksAnswer {
  return { accepted: 0, unchanged: 0, refused: [], submitted: [] };
}

/** One refused row and nothing stands: never partly done. */
export function centreMarksOutcome(answer: CentreMarksAnswer): Done {
  const hasRefused = answer.refused.length > 0;
  const document = hasRefused ? { ...answer, accepted: 0, unchanged: 0, submitted: [] } : answer;
  const outcome = importOutcome(document);
  return {
    ...outcome,
    text: say => {
      const about = hasRefused ? [say('cli.nothing-imported')] : [];
      const submitted = document.submitted.length === 0 ? [] : [say('cli.submitted', { centres: document.submitted.map(sanitise).join(', ') })];
      return [outcome.text(say), ...about, ...submitted].join('\n');
    },
  };
}
