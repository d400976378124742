import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ModeratorRow, type ImportAnswer } from '@portal/contract';
import { centres, fold, moderation, teams, type AllocateModerator, type Moderation, type ModerationRefusal } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { Cohorts, type Cohort } from '../../platform/cohorts.js';
import { PersonNames } from '../../platform/person-names.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { carryOut, refusedRow, rowContext, Verdicts, wellFormed, type Row, type Verdict } from './rows.js';

/** Gives centres of an IAMIS component to moderators: rows of `CentreNo,Moderator`; a consortium goes as one. */
export class AllocateModerators {
  constructor(
    readonly component: string,
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(AllocateModerators)
export class AllocateModeratorsHandler implements ICommandHandler<AllocateModerators, ImportAnswer> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly views: Views,
    private readonly cohorts: Cohorts,
    private readonly names: PersonNames,
  ) {}

  async execute({ component, rows, dryRun, context }: AllocateModerators): Promise<ImportAnswer> {
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    const cohortOf = this.cohorts.of(component);
    const supposed = new Map<string, Moderation>();
    for (const { row, fields } of wellFormed(ModeratorRow, rows, verdicts)) {
      const command = this.command(component, fields, cohortOf, context.actor);
      if ('reason' in command) verdicts.record(row, null, command);
      else verdicts.record(row, null, dryRun ? await this.suppose(command, supposed) : await this.carryOut(command, context));
      this.warn(component, { row, fields }, verdicts);
    }
    return verdicts.answer();
  }

  private command(
    component: string,
    { CentreNo: centre, Moderator }: ModeratorRow,
    cohortOf: (centre: string) => Cohort,
    actor: string,
  ): (AllocateModerator & Pick<Cohort, 'stream'>) | Exclude<Verdict, string> {
    const moderator = this.names.account(Moderator);
    if (!/^\d{5}$/.test(centre)) return { field: 'CentreNo', reason: 'centre-unknown' };
    if (moderator === undefined) return { field: 'Moderator', reason: 'person-unknown' };
    if (!this.names.isAppointee(moderator)) return { field: 'Moderator', reason: 'role-unknown' };
    return { type: 'AllocateModerator', actor, role: 'admin', component, moderator, ...cohortOf(centre) };
  }

  private carryOut({ stream, ...command }: AllocateModerator & Pick<Cohort, 'stream'>, context: CommandContext): Promise<Verdict> {
    const own = rowContext(context, `${command.centres[0]}/${command.moderator}`);
    return carryOut(this.streams, { decider: moderation, stream, command, fieldOf }, own);
  }

  /** On what the rows before it would leave. */
  private async suppose({ stream, ...command }: AllocateModerator & Pick<Cohort, 'stream'>, supposed: Map<string, Moderation>): Promise<Verdict> {
    const state = supposed.get(stream) ?? (await this.streams.load(moderation, stream)).state;
    const decision = moderation.decide(command, state);
    if ('refused' in decision) return refusedRow(decision.refused, fieldOf);
    supposed.set(stream, fold(moderation, decision.accepted, state));
    return decision.accepted.length > 0 ? 'accepted' : 'unchanged';
  }

  /** What nobody placed or named stands all the same. */
  private warn(component: string, { row, fields: { CentreNo, Moderator } }: Row<ModeratorRow>, verdicts: Verdicts): void {
    const moderator = this.names.account(Moderator);
    const members = this.views.get(teams, component)?.members ?? [];
    if (!members.some(({ person }) => person === moderator)) verdicts.warn(row, null, { field: 'Moderator', reason: 'not-in-team' });
    if (this.views.get(centres, CentreNo) === undefined) verdicts.warn(row, null, { field: 'CentreNo', reason: 'centre-unnamed' });
  }
}

function fieldOf(refusal: ModerationRefusal): string {
  return refusal.reason === 'SettingMalformed' ? refusal.field : 'CentreNo';
}
