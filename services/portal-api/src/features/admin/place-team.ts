import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TeamRow, type ImportAnswer } from '@portal/contract';
import { team, teamStream, usernameKey, usernames, type TeamCommand, type TeamRefusal } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { carryOut, rowContext, Verdicts, wellFormed, type Verdict } from './rows.js';

/** Places people in the team of a component: rows of `Person,Role,Senior`, seniors first. */
export class PlaceTeam {
  constructor(
    readonly component: string,
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(PlaceTeam)
export class PlaceTeamHandler implements ICommandHandler<PlaceTeam, ImportAnswer> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly views: Views,
  ) {}

  async execute({ component, rows, dryRun, context }: PlaceTeam): Promise<ImportAnswer> {
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    for (const { row, fields } of wellFormed(TeamRow, rows, verdicts)) {
      const own = dryRun ? 'dry-run' : rowContext(context, JSON.stringify(fields));
      verdicts.record(row, null, await this.place(component, fields, own));
    }
    return verdicts.answer();
  }

  private async place(component: string, fields: TeamRow, context: CommandContext | 'dry-run'): Promise<Verdict> {
    const person = this.account(fields.Person);
    if (person === undefined) return { field: 'Person', reason: 'person-unknown' };
    const senior = this.account(fields.Senior ?? '');
    if (senior === undefined && (fields.Senior ?? '') !== '') return { field: 'Senior', reason: 'person-unknown' };
    const above = senior === undefined ? {} : { senior };
    const command: TeamCommand = { type: 'PlaceMember', component, person, role: fields.Role, ...above };
    return carryOut(this.streams, { decider: team, stream: teamStream(component), command, fieldOf }, context);
  }

  private account(username: string): string | undefined {
    return this.views.get(usernames, usernameKey(username))?.account;
  }
}

function fieldOf({ reason }: TeamRefusal): string {
  return reason === 'RoleUnknown' ? 'Role' : 'Senior';
}
