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
    const given = wellFormed(ModeratorRow, rows, verdicts);
    const known = await this.known(component, given);
    const supposed = new Map<string, Moderation>();
    for (const { row, fields } of given) {
      const command = commandOf(component, fields, known, context.actor);
      if ('reason' in command) verdicts.record(row, null, command);
      else verdicts.record(row, null, dryRun ? await this.suppose(command, supposed) : await this.carryOut(command, context));
      warn({ row, fields }, known, verdicts);
    }
    return verdicts.answer();
  }

  /** What the rows name. */
  private async known(component: string, given: readonly Row<ModeratorRow>[]): Promise<Known> {
    const [cohortOf, accountOf, placed, named] = await Promise.all([
      this.cohorts.of(component),
      this.names.accounts(given.map(({ fields }) => fields.Moderator)),
      this.views.get(teams, component),
      this.views.many(centres, given.map(({ fields }) => fields.CentreNo)),
    ]);
    const appointees = await this.names.appointees(given.map(({ fields }) => accountOf(fields.Moderator)));
    return { cohortOf, accountOf, appointees, members: new Set(placed?.members.map(({ person }) => person)), named };
  }

  private carryOut({ stream, ...command }: OnStream, context: CommandContext): Promise<Verdict> {
    const own = rowContext(context, `${command.centres[0]}/${command.moderator}`);
    return carryOut(this.streams, { decider: moderation, stream, command, fieldOf }, own);
  }

  /** On what the rows before it would leave. */
  private async suppose({ stream, ...command }: OnStream, supposed: Map<string, Moderation>): Promise<Verdict> {
    const state = supposed.get(stream) ?? (await this.streams.load(moderation, stream)).state;
    const decision = moderation.decide(command, state);
    if ('refused' in decision) return refusedRow(decision.refused, fieldOf);
    supposed.set(stream, fold(moderation, decision.accepted, state));
    return decision.accepted.length > 0 ? 'accepted' : 'unchanged';
  }
}

interface Known {
  readonly cohortOf: (centre: string) => Cohort;
  readonly accountOf: (username: string) => string | undefined;
  readonly appointees: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  readonly named: ReadonlyMap<string, unknown>;
}

type OnStream = AllocateModerator & Pick<Cohort, 'stream'>;

function commandOf(
  component: string,
  { CentreNo: centre, Moderator }: ModeratorRow,
  { accountOf, appointees, cohortOf }: Known,
  actor: string,
): OnStream | Exclude<Verdict, string> {
  const moderator = accountOf(Moderator);
  if (!/^\d{5}$/.test(centre)) return { field: 'CentreNo', reason: 'centre-unknown' };
  if (moderator === undefined) return { field: 'Moderator', reason: 'person-unknown' };
  if (!appointees.has(moderator)) return { field: 'Moderator', reason: 'role-unknown' };
  return { type: 'AllocateModerator', actor, role: 'admin', component, moderator, ...cohortOf(centre) };
}

/** What nobody placed or named stands all the same. */
function warn({ row, fields: { CentreNo, Moderator } }: Row<ModeratorRow>, { accountOf, members, named }: Known, verdicts: Verdicts): void {
  if (!members.has(accountOf(Moderator) ?? '')) verdicts.warn(row, null, { field: 'Moderator', reason: 'not-in-team' });
  if (!named.has(CentreNo)) verdicts.warn(row, null, { field: 'CentreNo', reason: 'centre-unnamed' });
}

function fieldOf(refusal: ModerationRefusal): string {
  return refusal.reason === 'SettingMalformed' ? refusal.field : 'CentreNo';
}
