import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CentreMarkRow, type CentreMarksAnswer } from '@portal/contract';
import { component as componentDecider, componentStream, moderation, moderatingOf, type Moderating, type ReceiveCentreMarks } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer, type Failed, type Refused } from '../../platform/answer.js';
import { Cohorts } from '../../platform/cohorts.js';
import { IDS, type Ids } from '../../platform/ids.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { CentreMarksDraft, ofFile, type Step } from './centre-marks-draft.js';
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
    private readonly cohorts: Cohorts,
    private readonly draft: CentreMarksDraft,
  ) {}

  execute(command: ImportCentreMarks): Promise<Answer<CentreMarksAnswer>> {
    const run = this.last.then(() => this.import(command));
    this.last = run.catch(() => undefined);
    return run;
  }

  private async import({ component, rows, how, context }: ImportCentreMarks): Promise<Answer<CentreMarksAnswer>> {
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    if (state.settings?.kind !== 'IAMIS') return refused({ reason: 'ComponentUnknown', component });
    await this.views.caughtUp();
    const verdicts = new Verdicts();
    const given = wellFormed(CentreMarkRow, rows, verdicts);
    const steps = this.steps({ component, moderating: moderatingOf(state.settings), how, context }, given);
    if (!(await this.draft.judge(steps, context, verdicts))) return { failed: 'reused' };
    const { warnings: _, ...answer } = verdicts.answer();
    if (answer.refused.length > 0) return { ...answer, accepted: 0, unchanged: 0, submitted: [] };
    const failure = how.dryRun ? undefined : await this.write(steps, context);
    const submitted = how.submit ? [...new Set(steps.flatMap(({ cohort }) => cohort.centres))].toSorted() : [];
    return failure ?? { ...answer, submitted };
  }

  /** A command a centre, in the order of the file; then one a cohort that closes it. */
  private steps({ component, moderating, how, context }: File, given: readonly Row<CentreMarkRow>[]): readonly Step[] {
    const by = { actor: context.actor, role: 'admin', component } as const;
    const { maximum, halfMarks, rule, withZeros } = moderating;
    const cohortOf = this.cohorts.of(component);
    const receiving = [...Map.groupBy(given, ({ fields }) => fields.CentreNo)].map(([centre, rows]): Step => {
      const cohort = cohortOf(centre);
      const command: ReceiveCentreMarks = { type: 'ReceiveCentreMarks', ...by, centres: cohort.centres, centre, maximum, halfMarks, rows: rows.map(toRow) };
      return { name: `centre-marks/${centre}`, cohort, command, rows };
    });
    if (!how.submit) return receiving;
    const closing = [...Map.groupBy(receiving, ({ cohort }) => cohort.stream).values()].map((parts): Step => {
      const [{ cohort, rows }] = parts as unknown as readonly [Step];
      const command = { type: 'SubmitCentreMarks', ...by, rule, seed: how.seed ?? this.ids.random(), ...(withZeros && { withZeros }) } as const;
      return { name: `centre-marks/closed/${cohort.centres[0]}`, cohort, command, rows };
    });
    return [...receiving, ...closing];
  }

  /** Cohort by cohort at once, each in its order. What a failure left over is written when the same file comes again. */
  private async write(steps: readonly Step[], context: CommandContext): Promise<Refused | Failed | undefined> {
    const streams = Map.groupBy(steps, ({ cohort }) => cohort.stream);
    const all = await Promise.all([...streams].map(([stream, own]) => this.writeCohort(stream, own, context)));
    const failure = all.find((one) => one.failure !== undefined)?.failure;
    const isPartly = failure !== undefined && 'failed' in failure && all.some((one) => one.isWritten);
    // Nobody is told that nothing was recorded: it is to be repeated, and is then whole.
    return isPartly ? { failed: 'unknown' } : failure;
  }

  private async writeCohort(stream: string, steps: readonly Step[], context: CommandContext): Promise<Written> {
    let isWritten = false;
    for (const step of steps) {
      const handled = await this.streams.handle(moderation, stream, step.command, ofFile(context, step));
      if (handled.kind === 'failed') return { isWritten, failure: failed(handled) };
      if (handled.kind === 'refused') return { isWritten, failure: refused(handled.refusal) };
      isWritten ||= handled.events.length > 0;
    }
    return { isWritten, failure: undefined };
  }
}

interface Written {
  readonly isWritten: boolean;
  readonly failure: Refused | Failed | undefined;
}

interface File {
  readonly component: string;
  readonly moderating: Moderating;
  readonly how: ImportCentreMarks['how'];
  readonly context: CommandContext;
}

const toRow = ({ fields: { CandidateNo: candidate, Mark: typed, TeachingGroup: teachingGroup } }: Row<CentreMarkRow>) =>
  ({ candidate, typed, ...(teachingGroup !== undefined && { teachingGroup }) });
