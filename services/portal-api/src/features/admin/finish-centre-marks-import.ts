import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CentreMarkRow, CentreMarksAnswer } from '@portal/contract';
import { centreMarksImport, component as componentDecider, componentStream, importStream, moderatingOf, moderation } from '@portal/domain';
import { eventId, type CommandContext, type Streams } from '@portal/event-store';
import { failed, refused, type Answer, type Failed, type Refused } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import { CentreMarksSteps, ofFile, type Step } from './centre-marks-steps.js';
import type { Row } from './rows.js';

/** A file that was begun is written to its last row, whoever comes back to it, and answered as it was judged. */
export class FinishCentreMarksImport {
  constructor(
    /** The command id of the file. */
    readonly id: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(FinishCentreMarksImport)
export class FinishCentreMarksImportHandler implements ICommandHandler<FinishCentreMarksImport, Answer<CentreMarksAnswer>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly steps: CentreMarksSteps,
  ) {}

  async execute({ id, context }: FinishCentreMarksImport): Promise<Answer<CentreMarksAnswer>> {
    const { started, completed } = (await this.streams.load(centreMarksImport, importStream(id))).state;
    if (started === undefined) throw new Error(`the import ${id} was not begun`);
    const { component, accepted, unchanged, submit, seed } = started;
    if (completed !== undefined) return { accepted, unchanged, refused: [], submitted: [...completed.submitted] };
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    if (state.settings === undefined) return refused({ reason: 'ComponentUnknown', component });
    const closing = submit ? { seed } : undefined;
    const steps = await this.steps.of({ component, moderating: moderatingOf(state.settings), rows: started.rows.map(toRow), closing, actor: context.actor });
    const failure = await this.write(steps, context);
    if (failure !== undefined) return failure;
    const submitted = submit ? [...new Set(steps.flatMap(({ cohort }) => cohort.centres))].toSorted() : [];
    const own = { ...context, commandId: eventId(context.commandId, 'completion', 0) };
    const done = await this.streams.handle(centreMarksImport, importStream(id), { type: 'CompleteCentreMarksImport', submitted }, own);
    return done.kind === 'failed' ? { failed: 'unknown' } : { accepted, unchanged, refused: [], submitted };
  }

  /** Cohort by cohort at once, each in its order. It is begun: nobody is told any more that nothing was recorded. */
  private async write(steps: readonly Step[], context: CommandContext): Promise<Refused | Failed | undefined> {
    const streams = Map.groupBy(steps, ({ cohort }) => cohort.stream);
    const all = await Promise.all([...streams].map(([stream, own]) => this.writeCohort(stream, own, context)));
    const failure = all.find((one) => one !== undefined);
    return failure !== undefined && 'failed' in failure ? { failed: 'unknown' } : failure;
  }

  private async writeCohort(stream: string, steps: readonly Step[], context: CommandContext): Promise<Refused | Failed | undefined> {
    for (const step of steps) {
      const handled = await this.streams.handle(moderation, stream, step.command, ofFile(context, step));
      if (handled.kind === 'failed') return failed(handled);
      if (handled.kind === 'refused') return refused(handled.refusal);
    }
    return undefined;
  }
}

/** As it stood in the file; the row's number is of no use any more. */
function toRow(row: readonly string[]): Row<CentreMarkRow> {
  const [CentreNo = '', CandidateNo = '', Mark = '', TeachingGroup] = row;
  return { row: 0, fields: { CentreNo, CandidateNo, Mark, ...(TeachingGroup !== undefined && { TeachingGroup }) } };
}
