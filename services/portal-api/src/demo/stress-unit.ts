/** A unit of the size of a whole country, made when somebody asks for it: 1,500 centres of 40, and a team of 67. */
import type { CommandBus } from '@nestjs/cqrs';
import type { CommandContext } from '@portal/event-store';
import type { AccountDirectory } from '@portal/identity';
import { AllocateModerators } from '../features/admin/allocate-moderators.js';
import { ImportCentreMarks } from '../features/admin/import-centre-marks.js';
import { NameCentres } from '../features/admin/name-centres.js';
import { PlaceTeam } from '../features/admin/place-team.js';
import { PutComponent } from '../features/admin/put-component.js';
import type { Views } from '../platform/views.js';
import { words } from './words.js';

export interface StressServices {
  readonly commands: CommandBus;
  readonly accounts: AccountDirectory;
  readonly views: Views;
  readonly contextOf: (name: string) => CommandContext;
}

export const STRESS_UNIT = '3099N1@2017-06';
export const STRESS_PRINCIPAL = 'stress-principal@wjec-appointees.co.uk';
const CENTRES = 1_500;
const CANDIDATES = 40;
const MODERATORS = 60;
const LEADERS = 6;
/** So many centres are one file. */
const BATCH = 250;

/** Candidates have no names here; everything else is as an administrator would set it up. */
export async function loadStressUnit(services: StressServices, centres = CENTRES): Promise<void> {
  const { commands, views, contextOf } = services;
  const run = async (command: object): Promise<void> => {
    const answer = await commands.execute<object, object>(command);
    const refused = 'refused' in answer ? [answer.refused].flat() : [];
    if (refused.length > 0 || 'failed' in answer) throw new Error(`the unit could not be loaded: ${JSON.stringify(refused[0] ?? answer)}`);
  };
  await createPeople(services);
  await run(new PutComponent(SETTINGS, contextOf('component')));
  await views.caughtUp();
  await run(new PlaceTeam(STRESS_UNIT, teamRows(), false, contextOf('team')));
  const word = words(3099);
  const numbers = Array.from({ length: centres }, (_, at) => String(70_001 + at));
  for (let from = 0; from < numbers.length; from += BATCH) {
    const part = numbers.slice(from, from + BATCH);
    await run(new NameCentres(part.map((CentreNo) => ({ CentreNo, Name: word.school() })), false, contextOf(`centres/${from}`)));
    const allocations = part.map((CentreNo, at) => ({ CentreNo, Moderator: moderator((from + at) % MODERATORS) }));
    await run(new AllocateModerators(STRESS_UNIT, allocations, false, contextOf(`allocations/${from}`)));
    const how = { dryRun: false, submit: true, seed: STRESS_UNIT };
    const rows = part.flatMap((CentreNo) => cohort(CentreNo, word));
    await run(new ImportCentreMarks(STRESS_UNIT, rows, how, contextOf(`centre-marks/${from}`)));
  }
  await views.caughtUp();
}

const SETTINGS = {
  component: STRESS_UNIT,
  kind: 'IAMIS',
  series: 'June 2017',
  qualification: 'GCSE',
  titles: { en: 'A WHOLE COUNTRY', cy: 'GWLAD GYFAN' },
  maximum: 50,
  halfMarks: false,
  sampleRule: 'jcq-classic',
  deadline: '2017-06-15T22:59:00Z',
} as const;

async function createPeople({ accounts, views, contextOf }: StressServices): Promise<void> {
  const usernames = [STRESS_PRINCIPAL, ...Array.from({ length: LEADERS }, (_, at) => leader(at)), ...Array.from({ length: MODERATORS }, (_, at) => moderator(at))];
  const created = usernames.map((username) => accounts.create({ username, displayName: username.split('@', 1)[0] as string, roles: ['appointee'] }, contextOf(username)));
  for (const answer of await Promise.all(created)) if (!('account' in answer)) throw new Error(JSON.stringify(answer));
  await views.caughtUp();
}

function teamRows(): readonly object[] {
  const leaders = Array.from({ length: LEADERS }, (_, at) => ({ Person: leader(at), Role: 'team-leader', Senior: STRESS_PRINCIPAL }));
  const moderators = Array.from({ length: MODERATORS }, (_, at) => ({ Person: moderator(at), Role: 'moderator', Senior: leader(at % LEADERS) }));
  return [{ Person: STRESS_PRINCIPAL, Role: 'principal' }, ...leaders, ...moderators];
}

const leader = (at: number): string => `stress-leader${at + 1}@wjec-appointees.co.uk`;
const moderator = (at: number): string => `stress-moderator${at + 1}@wjec-appointees.co.uk`;

const cohort = (CentreNo: string, word: ReturnType<typeof words>): readonly object[] =>
  Array.from({ length: CANDIDATES }, (_, at) => ({ CentreNo, CandidateNo: String(at + 1).padStart(4, '0'), Mark: String(1 + word.number(50)) }));
