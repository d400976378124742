import { Option, type Command } from 'commander';
import type { IamisRecorded, TeamNode } from '@portal/contract';
import { mapResult, type ApiResult } from '../../platform/api/result.js';
import { inCapacity, type Placed } from '../capacity.js';
import { notDone, outcomeOf, usage, type Outcome, type Say } from '../outcome.js';
import type { Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';
import { recorded } from '../recorded.js';
import { headings, table, type Cell } from '../table.js';
import { centrePlace } from './centre-command.js';

interface ReallocateOptions {
  readonly to: string;
  readonly from?: string;
  readonly entered?: 'submit' | 'keep' | 'clear';
  readonly candidate?: string[];
}

export function addTeam(program: Command, { add, served, withCommandId, say }: Workshop): void {
  const team = add(program, 'team <component>', 'cli.command.team');
  served(team, inCapacity(showTeam));
  const reallocate = add(team, 'reallocate <component> <centre>', 'cli.command.team.reallocate')
    .requiredOption('--to <username>', say('cli.option.to'))
    .option('--from <username>', say('cli.option.from'))
    .option('--candidate <number...>', say('cli.option.candidate'))
    .addOption(new Option('--entered <what>', say('cli.option.entered')).choices(['submit', 'keep', 'clear']));
  served<ReallocateOptions>(withCommandId(reallocate), inCapacity(reallocated));
}

/** A mark sheet's candidates, or a moderation as a whole: by what the component is. */
async function reallocated(at: Placed<ReallocateOptions>): Promise<Outcome> {
  const [given = ''] = at.words;
  const moderated = mapResult(await at.read(() => at.api.iamis.summaries()), all =>
    all.some(({ component, code }) => given === component || given === code),
  );
  if (moderated.kind !== 'ok') return notDone(moderated, at);
  const { from, candidate } = at.options;
  if (moderated.value && (from !== undefined || candidate !== undefined)) {
    return usage(from !== undefined ? 'from' : 'candidate', 'cli.reallocate-whole');
  }
  const send = moderated.value ? () => ofModeration(at) : () => ofSheet(at);
  return outcomeOf(await repeatWhileUnknown(send), at, recorded);
}

function ofModeration(at: Placed<ReallocateOptions>): Promise<ApiResult<IamisRecorded>> {
  const { to, entered } = at.options;
  const command = { commandId: at.commandId, capacity: at.capacity };
  // `submit` is no word of a moderation: the service says so.
  const body = { to, ...(entered && { entered: entered as 'keep' | 'clear' }) };
  return at.api.iamis.reallocate(centrePlace(at), body, command);
}

function ofSheet(at: Placed<ReallocateOptions>): Promise<ApiResult<IamisRecorded>> {
  const { component, centre } = centrePlace(at);
  const { to, from, entered, candidate } = at.options;
  const which = { ...(from !== undefined && { from }), ...(candidate && { candidates: candidate }) };
  const body = { to, ...which, ...(entered && { entered: entered as 'submit' | 'clear' }) };
  return at.api.reallocate(component, centre, body, { commandId: at.commandId, capacity: at.capacity });
}

async function showTeam(at: Placed<object>): Promise<Outcome> {
  const answer = await at.read(() => at.api.team(at.words[0]!, { capacity: at.capacity }));
  return outcomeOf(answer, at, roots => ({ kind: 'done', document: roots, text: say => teamText(say, roots) }));
}

const MODERATION = ['totalCentres', 'totalSampleCandidates', 'totalReportsCompleted', 'reviewRemaining', 'totalEntered'] as const;

/** Each with their own counts: of marks to enter, or where the component is moderated, of centres to review. */
export function teamText(say: Say, roots: readonly TeamNode[]): string {
  const isModerated = roots.some(hasModeration);
  const counts = isModerated ? MODERATION : (['left', 'entered', 'submitted'] as const);
  const rows = roots.flatMap(root => lines(root, 0, isModerated));
  return table(say, headings(['name', 'person', 'role', ...counts]), rows);
}

function hasModeration({ moderation, members }: TeamNode): boolean {
  return moderation !== undefined || members.some(hasModeration);
}

function lines(node: TeamNode, depth: number, isModerated: boolean): readonly (readonly Cell[])[] {
  const { moderation, left, entered, submitted } = node;
  const counts = isModerated ? MODERATION.map(name => moderation?.[name] ?? null) : [left, entered, submitted];
  const own = [`${'  '.repeat(depth)}${node.displayName}`, node.person, node.role, ...counts];
  return [own, ...node.members.flatMap(member => lines(member, depth + 1, isModerated))];
}
