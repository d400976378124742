import { Option, type Command } from 'commander';
import type { TeamNode } from '@portal/contract';
import { outcomeOf, type Outcome } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';
import { recorded } from '../recorded.js';
import { headings, table, type Cell } from '../table.js';

interface ReallocateOptions {
  readonly to: string;
  readonly from?: string;
  readonly entered?: 'submit' | 'clear';
  readonly candidate?: string[];
}

export function addTeam(program: Command, { add, served, withCommandId, say }: Workshop): void {
  const team = add(program, 'team <component>', 'cli.command.team');
  served(team, showTeam);
  const reallocate = add(team, 'reallocate <component> <centre>', 'cli.command.team.reallocate')
    .requiredOption('--to <username>', say('cli.option.to'))
    .option('--from <username>', say('cli.option.from'))
    .option('--candidate <number...>', say('cli.option.candidate'))
    .addOption(new Option('--entered <what>', say('cli.option.entered')).choices(['submit', 'clear']));
  served<ReallocateOptions>(withCommandId(reallocate), async at => {
    const [component = '', centre = ''] = at.words;
    const { to, from, entered, candidate } = at.options;
    const which = { ...(from !== undefined && { from }), ...(candidate && { candidates: candidate }) };
    const body = { to, ...which, ...(entered && { entered }) };
    const send = () => at.api.reallocate(component, centre, body, { commandId: at.commandId });
    return outcomeOf(await repeatWhileUnknown(send), at, recorded);
  });
}

async function showTeam(at: Served<object>): Promise<Outcome> {
  return outcomeOf(await at.read(() => at.api.team(at.words[0]!)), at, roots => ({
    kind: 'done',
    document: roots,
    text: say =>
      table(
        say,
        headings(['name', 'person', 'role', 'left', 'entered', 'submitted']),
        roots.flatMap(root => lines(root, 0)),
      ),
  }));
}

function lines(node: TeamNode, depth: number): readonly (readonly Cell[])[] {
  const own = [`${'  '.repeat(depth)}${node.displayName}`, node.person, node.role, node.left, node.entered, node.submitted];
  return [own, ...node.members.flatMap(member => lines(member, depth + 1))];
}
