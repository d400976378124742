import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Submit } from '@portal/contract';
import {
  allCandidates,
  component as componentDecider,
  componentStream,
  deadlineOf,
  markSheet,
  markSheets,
  markSheetStream,
  submission,
  submissionStream,
} from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';
import { FinishSubmission, type Finished } from './finish-submission.js';

/** Submits what the person saw, over any number of sheets, and carries it through to its receipt. */
export class SubmitMarks {
  constructor(
    readonly component: string,
    readonly wanted: Submit,
    readonly context: CommandContext,
  ) {}
}

type Sheets = NonNullable<Submit['sheets']>;

@CommandHandler(SubmitMarks)
export class SubmitMarksHandler implements ICommandHandler<SubmitMarks, Answer<Finished>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly views: Views,
    private readonly commands: CommandBus,
  ) {}

  async execute({ component, wanted, context }: SubmitMarks): Promise<Answer<Finished>> {
    const id = context.commandId;
    const before = await this.streams.load(submission, submissionStream(id));
    if (before.state.started !== undefined) return this.start({ component, sheets: [] }, context);
    const sheets = wanted.sheets ?? (await this.everythingEntered(component, wanted.centre, context.actor));
    const unconfirmed = wanted.confirmed === true ? [] : await this.unconfirmed(component, sheets);
    if (unconfirmed.length > 0) return refused({ reason: 'MarksUnconfirmed', candidates: unconfirmed });
    const deadline = await this.deadline(component, context.actor);
    return this.start({ component, sheets, ...(deadline !== undefined && { deadline }) }, context);
  }

  /** One that was started before is answered by its own events, whatever is asked now. */
  private async start(
    what: { readonly component: string; readonly sheets: Sheets; readonly deadline?: string },
    context: CommandContext,
  ): Promise<Answer<Finished>> {
    const [id, examiner] = [context.commandId, context.actor];
    const command = { type: 'StartSubmission', submission: id, examiner, ...what } as const;
    const started = await this.streams.handle(submission, submissionStream(id), command, context);
    if (started.kind === 'refused') return refused(started.refusal);
    if (started.kind === 'failed') return failed(started);
    return this.commands.execute(new FinishSubmission(id, context));
  }

  /** As it stands: the sheets with something entered, and each candidate at its present revision. */
  private async everythingEntered(component: string, centre: string | undefined, account: string): Promise<Sheets> {
    await this.views.caughtUp();
    const all = await this.views.list(markSheets, `${component}/${account}/`);
    const sheets = all.filter((sheet) => sheet.entered > 0 && (centre === undefined || sheet.centre === centre));
    const seen = sheets.map(async (sheet) => ({
      centre: sheet.centre,
      candidates: (await this.candidates(component, sheet.centre))
        .filter((one) => one.examiner === account && one.state === 'entered' && !one.withdrawn)
        .map((one) => ({ candidate: one.number, revision: one.revision })),
    }));
    return (await Promise.all(seen)).filter(({ candidates }) => candidates.length > 0);
  }

  /** Asked before anything is recorded: once it is started, a submission is not refused any more. */
  private async unconfirmed(component: string, sheets: Sheets): Promise<readonly string[]> {
    const open = sheets.map(async ({ centre, candidates }) => {
      const seen = new Map(candidates.map(({ candidate, revision }) => [candidate, revision]));
      return (await this.candidates(component, centre))
        .filter((one) => !one.confirmed && one.state === 'entered' && seen.get(one.number) === one.revision)
        .map((one) => one.number);
    });
    return (await Promise.all(open)).flat();
  }

  private async candidates(component: string, centre: string) {
    const { state } = await this.streams.load(markSheet, markSheetStream(component, centre));
    return [...allCandidates(state.candidates)];
  }

  private async deadline(component: string, account: string): Promise<string | undefined> {
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    return deadlineOf(state, account);
  }
}
