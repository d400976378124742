import type { Command } from 'commander';
import type { CentreReport, SaveReport } from '@portal/contract';
import { sanitise } from '../../platform/text/sanitise.js';
import { inCapacity, type Placed } from '../capacity.js';
import { readArgument, type Context } from '../context.js';
import { outcomeOf, refused, sentence, usage, type Failed, type Outcome, type Say } from '../outcome.js';
import type { Workshop } from '../program.js';
import { askOfCentre, centrePlace, onCentre } from './centre-command.js';

interface ReportOptions {
  readonly file?: string;
  readonly draft?: true;
  readonly reopen?: true;
}

/** The centre report: shown, completed from a file, kept as a draft, or opened again. */
export function addReport(iamis: Command, { add, served, withCommandId, say }: Workshop): void {
  const report = add(iamis, `report ${onCentre}`, 'cli.command.iamis.report')
    .option('--file <file>', say('cli.option.reportFile'))
    .option('--draft', say('cli.option.draft'))
    .option('--reopen', say('cli.option.reopen'));
  served<ReportOptions>(withCommandId(report), inCapacity(reportOf));
}

async function reportOf(at: Placed<ReportOptions>): Promise<Outcome> {
  const { file, draft, reopen } = at.options;
  if (file !== undefined && reopen) return usage('reopen', 'cli.report.one-or-other');
  if (file === undefined && draft) return usage('draft', 'cli.report.draft-of-file');
  if (reopen) return askOfCentre(at, ({ api }, place, command) => api.iamis.reopenReport(place, command));
  return file === undefined ? shown(at) : saved(at, file);
}

async function saved(at: Placed<ReportOptions>, file: string): Promise<Outcome> {
  const read = readReport(at.context, file);
  if ('kind' in read) return read;
  // A report is given to be completed, unless the words or the file say that it is not yet.
  const body = { ...read.report, complete: read.report.complete ?? at.options.draft !== true };
  return askOfCentre(at, ({ api }, place, command) => api.iamis.saveReport(place, body, command));
}

/** What is shown can be given back as a file: only the state it was in is no part of it. */
function readReport(context: Context, file: string): { readonly report: SaveReport } | Failed {
  const read = readArgument(context, file);
  if ('kind' in read) return read;
  const malformed = refused('malformed-request', 'file', sentence('cli.json-malformed', { file }));
  try {
    const value: unknown = JSON.parse(read.text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed;
    const { isCompleted: _isCompleted, ...report } = value as CentreReport;
    return { report };
  } catch (error) {
    if (error instanceof SyntaxError) return malformed;
    throw error;
  }
}

async function shown(at: Placed<object>): Promise<Outcome> {
  const answer = await at.read(() => at.api.iamis.report(centrePlace(at), { capacity: at.capacity }));
  return outcomeOf(answer, at, (document: CentreReport) => ({
    kind: 'done',
    document,
    text: say => reportText(say, document),
  }));
}

const FIELDS = ['accuracy', 'administration', 'tasks', 'comments'] as const;

function reportText(say: Say, report: CentreReport): string {
  const state = say(report.isCompleted ? 'cli.report.completed' : 'cli.report.open');
  const fields = FIELDS.map(field => [say(`cli.report.${field}`), ...linesOf(report[field])].join('\n'));
  return [`${state} · ${report.language}`, ...fields].join('\n\n');
}

/** People write paragraphs; every line of them is shown as a line, and nothing else that is in them. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).map(line => `  ${sanitise(line)}`.trimEnd());
}
