import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CentreMarkRow, type CentreMarksAnswer } from '@portal/contract';
import { centreMarksImport, centres, component as componentDecider, componentStream, iamisCentres, iamisCentresKey, importStream, moderatingOf } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { IDS, type Ids } from '../../platform/ids.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { CentreMarksDraft } from './centre-marks-draft.js';
import { CentreMarksSteps, type Step } from './centre-marks-steps.js';
import { FinishCentreMarksImport } from './finish-centre-marks-import.js';
import { Verdicts, wellFormed, type Row } from './rows.js';

/** The marks of centres, one file in one request: all of it or nothing. `submit` closes them and draws the samples. */
export class ImportCentreMarks {
  constructor(
    readonly component: string,
    readonly rows: readonly unknown[],
    /** `seed`: of the samples, where they shall be the same everywhere; else chance. */
    readonly how: { readonly dryRun: boolean; readonly submit: boolean; readonly seed?: string },
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ImportCentreMarks)
export class ImportCentreMarksHandler implements ICommandHandler<ImportCentreMarks, Answer<CentreMarksAnswer>> {
  /** One file at a time: what was judged for all centres still holds when the last of them is written. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(IDS) private readonly ids: Ids,
    private readonly views: Views,
    private readonly steps: CentreMarksSteps,
    private readonly draft: CentreMarksDraft,
    private readonly commands: CommandBus,
  ) {}

  execute(command: ImportCentreMarks): Promise<Answer<CentreMarksAnswer>> {
    const run = this.last.then(() => this.import(command));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async import(command: ImportCentreMarks): Promise<Answer<CentreMarksAnswer>> {
    const { component, rows, how, context } = command;
    const before = await this.streams.load(centreMarksImport, importStream(context.commandId));
    if (before.state.started !== undefined && !how.dryRun) return this.begin(before.state.started, context);
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    if (state.settings?.kind !== 'IAMIS') return refused({ reason: 'ComponentUnknown', component });
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    const given = wellFormed(CentreMarkRow, rows, verdicts);
    const seed = how.seed ?? this.ids.random();
    const closing = how.submit ? { seed } : undefined;
    const steps = await this.steps.of({ component, moderating: moderatingOf(state.settings), rows: given, closing, actor: context.actor });
    const moves = await this.draft.judge(steps, verdicts);
    await this.warn(component, steps, verdicts);
    const answer = verdicts.answer();
    if (answer.refused.length > 0) return { ...answer, accepted: 0, unchanged: 0, submitted: [] };
    if (how.dryRun || !moves) return { ...answer, submitted: how.submit ? [...new Set(steps.flatMap(({ cohort }) => cohort.centres))].toSorted() : [] };
    const { accepted, unchanged, warnings } = answer;
    const begun = await this.begin({ import: context.commandId, component, rows: given.map(written), submit: how.submit, seed, accepted, unchanged }, context);
    return 'accepted' in begun && warnings !== undefined ? { ...begun, warnings } : begun;
  }

  /** What nobody moderates or named stands all the same. */
  private async warn(component: string, steps: readonly Step[], verdicts: Verdicts): Promise<void> {
    const given = steps.flatMap(({ command, cohort, rows: [first] }) => {
      if (command.type !== 'ReceiveCentreMarks' || first === undefined) return [];
      return [{ row: first.row, centre: command.centre, key: iamisCentresKey(component, cohort.centres[0] ?? command.centre) }];
    });
    const [moderated, named] = await Promise.all([
      this.views.many(iamisCentres, given.map(({ key }) => key)),
      this.views.many(centres, given.map(({ centre }) => centre)),
    ]);
    for (const { row, centre, key } of given) {
      const warn = (reason: string): void => verdicts.warn(row, null, { field: 'CentreNo', reason });
      if (moderated.get(key)?.moderator === undefined) warn('nobody-allocated');
      if (!named.has(centre)) warn('centre-unnamed');
    }
  }

  /** Recorded as a whole before the first centre: whatever ends in the middle, it is finished. One begun before stays as it was. */
  private async begin(what: Begun, context: CommandContext): Promise<Answer<CentreMarksAnswer>> {
    const command = { type: 'StartCentreMarksImport', ...what } as const;
    const started = await this.streams.handle(centreMarksImport, importStream(context.commandId), command, context);
    if (started.kind === 'failed') return failed(started);
    return this.commands.execute(new FinishCentreMarksImport(context.commandId, context));
  }
}

type Begun = NonNullable<ReturnType<typeof startedIn>>;
const startedIn = ({ started }: typeof centreMarksImport.initial) => started;

function written({ fields: { CentreNo, CandidateNo, Mark, TeachingGroup } }: Row<CentreMarkRow>): readonly string[] {
  return [CentreNo, CandidateNo, Mark, ...(TeachingGroup === undefined ? [] : [TeachingGroup])];
}
