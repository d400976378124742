import type { Command } from 'commander';
import type { Me } from '@portal/contract';
import { mapResult, type ApiResult } from '../../platform/api/result.js';
import { en, type MessageId } from '../../platform/i18n/catalogue.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { headerOf, isCapacity, keepWorkAs, type WorkAs } from '../../platform/work-as.js';
import { notDone, refused, sentence, type Outcome, type Say } from '../outcome.js';
import type { Served, Workshop } from '../program.js';

interface WorkAsOptions {
  readonly component: string;
  readonly member?: string;
}

/** From here on commands about the component are sent in this capacity. */
export function addWorkAs(program: Command, { add, served, say }: Workshop): void {
  const workAs = add(program, 'work-as <role>', 'cli.command.work-as')
    .requiredOption('--component <component>', say('cli.option.component'))
    .option('--member <username>', say('cli.option.member'));
  served<WorkAsOptions>(workAs, workAsOf);
}

async function workAsOf(at: Served<WorkAsOptions>): Promise<Outcome> {
  const [role = ''] = at.words;
  const { component, member } = at.options;
  if (['', '.', '..'].includes(component)) return refused('component-unknown', 'component', sentence('problem.component-unknown'));
  const capacity = { role, ...(member !== undefined && { member }) };
  if (!isCapacity(capacity)) return refused('capacity-not-held', 'role', sentence('problem.capacity-not-held'));
  const me = await at.api.me();
  if (me.kind !== 'ok') return notDone(me, at);
  const found = await heldOn(at, me.value, component, capacity);
  if (found.kind !== 'ok') return notDone(found, at);
  const { account } = me.value;
  await keepWorkAs(at.context.paths.workAsFile, { server: at.server, account, component: found.value }, capacity);
  return {
    kind: 'done',
    document: { capacity: { component: found.value, ...capacity } },
    text: say => {
      const about = { component: sanitise(found.value), role: roleText(say, role) };
      return member === undefined ? say('cli.work-as.kept', about) : say('cli.work-as.kept-member', { ...about, member: sanitise(member) });
    },
  };
}

function roleText(say: Say, role: string): string {
  const id = `capacity.${role}`;
  return id in en ? say(id as MessageId) : sanitise(role);
}

/** The service judges a capacity as it judges every request made in it. Answers with the component's full id. */
async function heldOn(at: Served<object>, me: Me, component: string, asked: WorkAs): Promise<ApiResult<string>> {
  const capacity = headerOf(asked);
  const moderated = await at.read(() => at.api.iamis.summary(component, { capacity }));
  if (moderated.kind === 'ok') return mapResult(moderated, one => one.component);
  if (moderated.kind !== 'problem' || moderated.problem.type !== 'component-unknown') return moderated;
  // None that is moderated: then it may be one whose papers are marked.
  const marked = await at.read(() => at.api.sheets(component, { capacity }));
  return marked.kind === 'ok' ? fullId(at, me, component) : marked;
}

/** In the team, or by the candidates one has there. */
async function fullId({ api, read }: Served<object>, me: Me, component: string): Promise<ApiResult<string>> {
  const isIt = (id: string): boolean => id === component || id.startsWith(`${component}@`);
  const placed = me.capacities.map(one => one.component).find(isIt);
  if (placed !== undefined) return { kind: 'ok', value: placed };
  return mapResult(await read(() => api.emi()), rows => rows.map(row => row.component).find(isIt) ?? component);
}
