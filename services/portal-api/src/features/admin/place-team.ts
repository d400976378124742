import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TeamRow, type ImportAnswer } from '@portal/contract';
import { components, fold, rolesOf, team, teamStream, type TeamCommand, type TeamRefusal } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { PersonNames } from '../../platform/person-names.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { carryOut, refusedRow, rowContext, Verdicts, wellFormed, type Row, type Verdict } from './rows.js';

/** Places people in the team of a component: rows of `Person,Role,Senior`, seniors first. */
export class PlaceTeam {
  constructor(
    readonly component: string,
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

type AccountOf = (username: string) => string | undefined;
type Place = (command: TeamCommand, fields: TeamRow) => Verdict | Promise<Verdict>;

@CommandHandler(PlaceTeam)
export class PlaceTeamHandler implements ICommandHandler<PlaceTeam, ImportAnswer> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly views: Views,
    private readonly names: PersonNames,
  ) {}

  async execute({ component, rows, dryRun, context }: PlaceTeam): Promise<ImportAnswer> {
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    const given = wellFormed(TeamRow, rows, verdicts);
    const accountOf = await this.names.accounts(given.flatMap(({ fields }) => [fields.Person, fields.Senior ?? '']));
    const place = dryRun ? await this.supposing(component) : this.placing(component, context);
    for (const { row, fields } of given) {
      const command = commandOf(component, fields, accountOf);
      verdicts.record(row, null, 'field' in command ? command : await place(command, fields));
    }
    if (await this.hasNoSecondApprover(component, given, accountOf)) {
      const [about] = given.filter(({ fields }) => isApprover(fields.Role)).concat(given);
      if (about !== undefined) verdicts.warn(about.row, null, { field: 'Role', reason: 'no-second-approver' });
    }
    return verdicts.answer();
  }

  /** Nobody approves what they had a hand in: where one alone could, an outcome may wait for ever. */
  private async hasNoSecondApprover(component: string, given: readonly Row<TeamRow>[], accountOf: AccountOf): Promise<boolean> {
    if ((await this.views.get(components, component))?.kind !== 'IAMIS') return false;
    const { state } = await this.streams.load(team, teamStream(component));
    const standing = [...state.members.keys()].filter((one) => rolesOf(state, one).some(isApprover));
    const placed = given.filter(({ fields }) => isApprover(fields.Role)).map(({ fields }) => accountOf(fields.Person));
    return new Set([...standing, ...placed].filter((one) => one !== undefined)).size < 2;
  }

  private placing(component: string, context: CommandContext): Place {
    return (command, fields) => {
      const own = rowContext(context, JSON.stringify(fields));
      return carryOut(this.streams, { decider: team, stream: teamStream(component), command, fieldOf }, own);
    };
  }

  /** Each row on what the rows before it would leave: a senior may come in the same file. */
  private async supposing(component: string): Promise<Place> {
    let { state } = await this.streams.load(team, teamStream(component));
    return (command) => {
      const decision = team.decide(command, state);
      if ('refused' in decision) return refusedRow(decision.refused, fieldOf);
      state = fold(team, decision.accepted, state);
      return decision.accepted.length > 0 ? 'accepted' : 'unchanged';
    };
  }
}

function commandOf(component: string, fields: TeamRow, accountOf: AccountOf): TeamCommand | Exclude<Verdict, string> {
  const person = accountOf(fields.Person);
  if (person === undefined) return { field: 'Person', reason: 'person-unknown' };
  const senior = accountOf(fields.Senior ?? '');
  if (senior === undefined && (fields.Senior ?? '') !== '') return { field: 'Senior', reason: 'person-unknown' };
  const above = senior === undefined ? {} : { senior };
  return { type: 'PlaceMember', component, person, role: fields.Role, ...above };
}

const isApprover = (role: string): boolean => role === 'principal' || role === 'chair';

function fieldOf({ reason }: TeamRefusal): string {
  return reason === 'RoleUnknown' ? 'Role' : 'Senior';
}
