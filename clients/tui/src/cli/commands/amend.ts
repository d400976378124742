import type { Command } from 'commander';
import type { CentreMarkChange } from '@portal/contract';
import type { CentrePlace } from '../../platform/api/iamis.js';
import type { ApiResult } from '../../platform/api/result.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { inCapacity, type Placed } from '../capacity.js';
import { notDone, outcomeOf, refused, sentence, type Outcome } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';
import { table, headings } from '../table.js';
import { amendmentId, amendmentOf } from './amendment-id.js';
import { onCandidate } from './candidate-command.js';

/** One mark of a centre's, changed after it was submitted: asked for by one person and decided by another. */
export function addAmend(program: Command, { add, served, withCommandId, say }: Workshop): void {
  const amend = add(program, 'amend', 'cli.command.amend');
  served(add(amend, 'list <component> [centre]', 'cli.command.amend.list'), inCapacity(list));
  const request = add(amend, `request ${onCandidate} <mark>`, 'cli.command.amend.request')
    .requiredOption('--reason <text>', say('cli.option.reason'))
    .option('--teaching-group <group>', say('cli.option.teachingGroup'));
  served<RequestOptions>(withCommandId(request), inCapacity(ask));
  const approve = add(amend, 'approve <amendment>', 'cli.command.amend.approve');
  served(withCommandId(approve), inCapacity(at => decide(at, { approve: true }), componentOf));
  const refuse = add(amend, 'refuse <amendment>', 'cli.command.amend.refuse').requiredOption('--reason <text>', say('cli.option.reason'));
  served(withCommandId(refuse), inCapacity<{ reason: string }>(at => decide(at, { approve: false, reason: at.options.reason }), componentOf));
}

interface RequestOptions {
  readonly reason: string;
  readonly teachingGroup?: string;
}

const componentOf = (at: Served<object>): string => amendmentOf(at.words[0] ?? '')?.component ?? '';

async function list(at: Placed<object>): Promise<Outcome> {
  const places = await placesAsked(at);
  if (places.kind !== 'ok') return notDone(places, at);
  const rows: (CentreMarkChange & { readonly amendment: string })[] = [];
  for (const place of places.value) {
    const changes = await at.read(() => at.api.iamis.changes(place, { capacity: at.capacity }));
    if (changes.kind !== 'ok') return notDone(changes, at);
    rows.push(...changes.value.map(one => ({ amendment: amendmentId(place.component, one), ...one })));
  }
  return { kind: 'done', document: rows, text: say => table(say, headings(HEADS), rows.map(row => [
    row.amendment, row.centre, row.candidate, row.from, row.to, say(`cli.change.${row.state}`), row.by, row.reason,
  ])) };
}

const HEADS = ['amendment', 'centre', 'candidate', 'from', 'to', 'state', 'actor', 'reason'] as const;

/** Without a centre all of them, a consortium once. Amendments are named by the full component, however it was typed. */
async function placesAsked(at: Placed<object>): Promise<ApiResult<readonly CentrePlace[]>> {
  const [given = '', centre] = at.words;
  const options = { capacity: at.capacity };
  const named = await fullName(at, given);
  if (named.kind !== 'ok') return named;
  const component = named.value;
  if (centre !== undefined) return { kind: 'ok', value: [{ component, centre }] };
  const centres = await at.read(() => at.api.iamis.centres(component, options));
  if (centres.kind !== 'ok') return centres;
  const leading = new Set(centres.value.map(one => one.consortium[0] ?? one.centre));
  return { kind: 'ok', value: [...leading].map(one => ({ component, centre: one })) };
}

async function fullName(at: Placed<object>, given: string): Promise<ApiResult<string>> {
  if (given.includes('@')) return { kind: 'ok', value: given };
  const summary = await at.read(() => at.api.iamis.summary(given, { capacity: at.capacity }));
  return summary.kind === 'ok' ? { kind: 'ok', value: summary.value.component } : summary;
}

async function ask(at: Placed<RequestOptions>): Promise<Outcome> {
  const [given = '', centre = '', candidate = '', mark = ''] = at.words;
  const { capacity, commandId, options: { reason, teachingGroup } } = at;
  const named = await fullName(at, given);
  if (named.kind !== 'ok') return notDone(named, at);
  const place = { component: named.value, centre, candidate };
  const body = { mark, reason, ...(teachingGroup !== undefined && { teachingGroup }) };
  const asked = await repeatWhileUnknown(() => at.api.iamis.askForChange(place, body, { commandId, capacity }));
  if (asked.kind !== 'ok') return notDone(asked, at);
  const changes = await at.read(() => at.api.iamis.changes(place, { capacity }));
  if (changes.kind !== 'ok') return notDone(changes, at);
  const own = changes.value.filter(one => one.centre === centre && one.candidate === candidate).at(-1);
  const amendment = own === undefined ? null : amendmentId(place.component, own);
  return { kind: 'done', document: { amendment, ...asked.value }, text: say => say('cli.amendment', { amendment: sanitise(amendment ?? '') }) };
}

async function decide(
  at: Placed<object>,
  body: { readonly approve: true } | { readonly approve: false; readonly reason: string },
): Promise<Outcome> {
  const [amendment = ''] = at.words;
  const found = amendmentOf(amendment);
  if (found === undefined) return refused('change-unknown', 'amendment', sentence('problem.change-unknown'));
  const { change, ...place } = found;
  const command = { commandId: at.commandId, capacity: at.capacity };
  const answer = await repeatWhileUnknown(() => at.api.iamis.decideChange(place, change, body, command));
  return outcomeOf(answer, at, ({ event, position }) => ({
    kind: 'done',
    document: { amendment, event, position },
    text: say => say(event === null ? 'cli.nothing-changed' : 'cli.done'),
  }));
}
