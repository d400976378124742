import type { IamisCentre, IamisOutcome, IamisSample, SampleCandidate, Verdict } from '@portal/contract';
import { dayAndTime } from '../../components/time.js';
import { en, type Language, type MessageId } from '../../platform/i18n/catalogue.js';
import { sanitise } from '../../platform/text/sanitise.js';
import type { Say } from '../outcome.js';
import { headings, table } from '../table.js';

/** Moderation as tables for people. */

export function centresText(say: Say, centres: readonly IamisCentre[]): string {
  const heads = headings(['centre', 'name', 'moderator', 'totalEntered', 'sample', 'remaining', 'report', 'state', 'outcome', 'remarks']);
  const rows = centres.map(one => [
    one.centre,
    one.name,
    one.moderator,
    one.entered,
    one.sample,
    one.remaining,
    say(one.reportCompleted ? 'cli.report.completed' : 'cli.report.open'),
    say(`iamis.state.${one.state}`),
    say(`iamis.stage.${one.outcome}`),
    [...(one.late ? [say('cli.late')] : []), ...one.flags.map(flag => flagText(say, flag))].join(', '),
  ]);
  return table(say, heads, rows);
}

export function sampleText(say: Say, sample: IamisSample, language: Language): string {
  const { rule, seed, tolerance, candidates } = sample;
  const drawn = rule === null ? say('cli.sample.none') : say('cli.sample.drawn', { rule: sanitise(rule), seed: sanitise(seed ?? '') });
  const heads = headings(['centre', 'candidate', 'name', 'group', 'centreMark', 'moderatorMark', 'difference', 'state', 'revision']);
  const rows = candidates.map(one => [
    one.centre, one.candidate, one.name, one.teachingGroup, one.centreMark, one.moderatorMark,
    difference(one), one.isReceived ? null : say('cli.work-not-received', { reason: sanitise(one.reason ?? '') }), one.revision,
  ]);
  return [heading(sample, sanitise(sample.name)), ...returnedText(say, sample, language), drawn, verdictText(say, sample.verdict, tolerance), table(say, heads, rows)].join('\n');
}

export function outcomeText(say: Say, outcome: IamisOutcome, language: Language): string {
  const heads = headings(['centre', 'candidate', 'centreMark', 'moderatorMark', 'adjusted']);
  const rows = outcome.candidates.map(one => [one.centre, one.candidate, one.centreMark, one.moderatorMark, one.adjusted]);
  const state = say(`iamis.state.${outcome.state}`);
  return [heading(outcome, state), ...returnedText(say, outcome, language), verdictText(say, outcome, outcome.tolerance), table(say, heads, rows)].join('\n');
}

function returnedText(say: Say, { returned }: IamisSample | IamisOutcome, language: Language): readonly string[] {
  if (!returned) return [];
  const { by, at, reason } = returned;
  return [say('iamis.returned', { by: sanitise(by), at: dayAndTime(at, language), reason: sanitise(reason) })];
}

/** How it stands in one line: stage, tolerance, and where there is one the method with its numbers. */
export function verdictText(say: Say, verdict: Verdict, tolerance: number): string {
  const { stage, method, a, b, rho, flags } = verdict;
  const parts = [
    say('cli.verdict', { stage: say(`iamis.stage.${stage}`), tolerance }),
    method === null ? undefined : say('cli.verdict.method', { method }),
    a === null || b === null ? undefined : say('cli.verdict.line', { a: number(a), b: number(b) }),
    rho === null ? undefined : say('cli.verdict.rho', { rho: number(rho) }),
    ...flags.map(flag => flagText(say, flag)),
  ];
  return parts.filter(part => part !== undefined).join(' · ');
}

export function flagText(say: Say, flag: string, kind: 'flag' | 'unsuitable' = 'flag'): string {
  const id = `iamis.${kind}.${flag}`;
  return id in en ? say(id as MessageId) : sanitise(flag);
}

/** `-1122/2425` is exact, and nobody reads it: for people it also stands as a decimal. */
function number(text: string): string {
  const [over, under] = text.split('/');
  return under === undefined ? sanitise(text) : `${sanitise(text)} (${(Number(over) / Number(under)).toFixed(4)})`;
}

function heading({ component, centre, maximum }: IamisSample | IamisOutcome, more: string): string {
  return `${sanitise(component)}  ${sanitise(centre)}  ${more}  0–${maximum}`;
}

function difference({ centreMark, moderatorMark }: SampleCandidate): string | null {
  if (typeof centreMark !== 'number' || typeof moderatorMark !== 'number') return null;
  const points = moderatorMark - centreMark;
  return points > 0 ? `+${points}` : String(points);
}
