import type { Command } from 'commander';
import { en, type MessageId } from '../../platform/i18n/catalogue.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { headerOf, isCapacity, keepWorkAs } from '../../platform/work-as.js';
import { notDone, refused, sentence, type Outcome, type Say } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { repeatWhileAway, repeatWhileUnknown } from '../repeat.js';

interface WorkAsOptions {
  readonly component: string;
  readonly member?: string;
}

/** From here on commands about the component are sent in this capacity. */
export function addWorkAs(program: Command, { add, served, withCommandId, say }: Workshop): void {
  const workAs = add(program, 'work-as <role>', 'cli.command.work-as')
    .requiredOption('--component <component>', say('cli.option.component'))
    .option('--member <username>', say('cli.option.member'));
  served<WorkAsOptions>(withCommandId(workAs), workAsOf);
}

async function workAsOf(at: Served<WorkAsOptions>): Promise<Outcome> {
  const [role = ''] = at.words;
  const { component, member } = at.options;
  if (['', '.', '..'].includes(component)) return refused('component-unknown', 'component', sentence('problem.component-unknown'));
  const capacity = { role, ...(member !== undefined && { member }) };
  if (!isCapacity(capacity)) return refused('capacity-not-held', 'role', sentence('problem.capacity-not-held'));
  const me = await repeatWhileAway(at.api.me);
  if (me.kind !== 'ok') return notDone(me, at);
  const command = { commandId: at.commandId, capacity: headerOf(capacity) };
  const found = await repeatWhileUnknown(() => at.api.workAs(component, command));
  if (found.kind !== 'ok') return notDone(found, at);
  const { capacity: held, event, position } = found.value;
  await keepWorkAs(at.context.paths.workAsFile, { server: at.server, account: me.value.account, component: held.component }, capacity);
  return {
    kind: 'done',
    document: { capacity: held, event, position },
    text: say => {
      const about = { component: sanitise(held.component), role: roleText(say, role) };
      return member === undefined ? say('cli.work-as.kept', about) : say('cli.work-as.kept-member', { ...about, member: sanitise(member) });
    },
  };
}

function roleText(say: Say, role: string): string {
  const id = `capacity.${role}`;
  return id in en ? say(id as MessageId) : sanitise(role);
}
