import type { Command } from 'commander';
import type { IamisCentre, IamisOutcome, IamisSample, IamisSummary } from '@portal/contract';
import { dayAndTime, seriesIn } from '../../components/time.js';
import { en, type MessageId } from '../../platform/i18n/catalogue.js';
import { headerOf, type WorkAs } from '../../platform/work-as.js';
import { inCapacity, keptCapacity, type Placed } from '../capacity.js';
import { notDone, outcomeOf, sentence, type Done, type Outcome, type Say, type Sentence } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { headings, table } from '../table.js';
import { centrePlace, onCentre } from './centre-command.js';
import { addChoosing } from './iamis-choosing.js';
import { addDeciding } from './iamis-deciding.js';
import { addCentreMarks } from './iamis-import.js';
import { addReport } from './iamis-report.js';
import { addReviewing } from './iamis-reviewing.js';
import { centresText, outcomeText, sampleText } from './iamis-text.js';

export function addIamis(program: Command, workshop: Workshop): void {
  const { add, served } = workshop;
  const iamis = add(program, 'iamis', 'cli.command.iamis');
  served(iamis, listComponents);
  served(add(iamis, 'centres <component>', 'cli.command.iamis.centres'), inCapacity(listCentres));
  served(add(iamis, `sample ${onCentre}`, 'cli.command.iamis.sample'), inCapacity(showSample));
  served(add(iamis, `outcome ${onCentre}`, 'cli.command.iamis.outcome'), inCapacity(showOutcome));
  addReviewing(iamis, workshop);
  addReport(iamis, workshop);
  addDeciding(iamis, workshop);
  addChoosing(iamis, workshop);
  addCentreMarks(iamis, workshop);
}

const COUNTS = [
  'totalCentres', 'totalSampleCandidates', 'totalReportsCompleted', 'reviewRemaining', 'totalEntered', 'totalCfAbs', 'totalNewMarks',
] as const;

/** Each component as the service gives it, and where a capacity is kept for one, in that one. */
async function listComponents(at: Served<object>): Promise<Outcome> {
  const answer = await at.read(() => at.api.iamis.summaries());
  if (answer.kind !== 'ok') return notDone(answer, at);
  const rows: IamisSummary[] = [];
  const notices: Sentence[] = [];
  for (const row of answer.value) {
    const kept = await keptCapacity(at, row.component);
    if (kept.kind !== 'ok') return notDone(kept, at);
    const capacity = kept.value && headerOf(kept.value);
    const own = capacity === undefined ? undefined : await at.read(() => at.api.iamis.summary(row.component, { capacity }));
    const isLost = own?.kind === 'problem' && own.problem.type === 'capacity-not-held';
    if (own !== undefined && own.kind !== 'ok' && !isLost) return notDone(own, at);
    // One capacity that is held no more must not hide all the other rows.
    if (isLost) notices.push(sentence('cli.work-as.lost', { capacity: capacity ?? '', component: row.component }));
    rows.push(own?.kind === 'ok' ? own.value : row);
  }
  return { ...componentsListed(at, rows), notices };
}

function componentsListed({ context: { language } }: Served<object>, rows: readonly IamisSummary[]): Done {
  const heads = headings(['component', 'series', 'title', 'deadline', ...COUNTS, 'capacity']);
  const document = rows.map(row => ({ ...row, title: row.titles[language] || row.title }));
  const cells = (say: Say) => document.map(row => [
    row.component, seriesIn(row.series, language), row.title, dayAndTime(row.deadline, language),
    ...COUNTS.map(name => row[name]), capacityText(say, row.capacity),
  ]);
  return { kind: 'done', document, text: say => table(say, heads, cells(say)) };
}

function capacityText(say: Say, { role, member }: WorkAs): string {
  const id = `iamis.role.${role}`;
  const word = id in en ? say(id as MessageId) : role;
  return member === undefined ? word : `${word} (${member})`;
}

async function listCentres(at: Placed<object>): Promise<Outcome> {
  const answer = await at.read(() => at.api.iamis.centres(at.words[0]!, { capacity: at.capacity }));
  return outcomeOf(answer, at, (document: readonly IamisCentre[]) => ({
    kind: 'done',
    document,
    text: say => centresText(say, document),
  }));
}

async function showSample(at: Placed<object>): Promise<Outcome> {
  const answer = await at.read(() => at.api.iamis.sample(centrePlace(at), { capacity: at.capacity }));
  return outcomeOf(answer, at, (document: IamisSample) => ({
    kind: 'done',
    document,
    text: say => sampleText(say, document, at.context.language),
  }));
}

async function showOutcome(at: Placed<object>): Promise<Outcome> {
  const answer = await at.read(() => at.api.iamis.outcome(centrePlace(at), { capacity: at.capacity }));
  return outcomeOf(answer, at, (document: IamisOutcome) => ({
    kind: 'done',
    document,
    text: say => outcomeText(say, document, at.context.language),
  }));
}
