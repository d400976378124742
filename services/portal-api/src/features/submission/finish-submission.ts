import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  leftOutOf,
  markSheet,
  markSheetStream,
  submission,
  submissionStream,
  type LeftOut,
  type MarkSheetEvent,
  type SubmissionEvent,
  type SubmitMarks,
} from '@portal/domain';
import { eventId, sha256, type CommandContext, type EventStore, type RecordedEvent, type Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { EVENT_STORE, NOTARY_HEAD, STREAMS, type NotaryHead } from '../../platform/tokens.js';

type Started = Extract<SubmissionEvent, { type: 'SubmissionStarted' }>['data'];
type Completed = Extract<SubmissionEvent, { type: 'SubmissionCompleted' }>['data'];

export interface Finished {
  readonly completed: Completed;
  readonly event: RecordedEvent;
}

interface Locked {
  readonly marks: number;
  readonly absent: number;
  readonly sheets: number;
  readonly leftOut: readonly (LeftOut & { readonly centre: string })[];
}

/**
 * Locks the marks sheet by sheet and writes the receipt. Every step has an id of its own made from the submission's, so
 * that whoever comes again, the person or the process after a crash, goes on where it stopped.
 */
export class FinishSubmission {
  constructor(
    readonly submission: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(FinishSubmission)
export class FinishSubmissionHandler implements ICommandHandler<FinishSubmission, Answer<Finished>> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(NOTARY_HEAD) private readonly notaryHead: NotaryHead,
  ) {}

  async execute({ submission: id, context }: FinishSubmission): Promise<Answer<Finished>> {
    const stream = submissionStream(id);
    const read = await this.store.readStream(stream);
    const events = read.kind === 'found' ? read.events : [];
    const done = events.find((event) => event.type === 'SubmissionCompleted');
    if (done !== undefined) return { completed: done.data as unknown as Completed, event: done };
    const started = events[0];
    if (started === undefined) throw new Error(`the submission ${id} was not started`);
    return this.finish(started, started.data as unknown as Started, { ...context, causationId: started.id });
  }

  private async finish(event: RecordedEvent, started: Started, context: CommandContext): Promise<Answer<Finished>> {
    const late = started.deadline !== undefined && Date.parse(String(event.metadata['recordedAt'])) > Date.parse(started.deadline);
    let locked: Locked = { marks: 0, absent: 0, sheets: 0, leftOut: [] };
    for (const sheet of started.sheets) {
      const answer = await this.lock(started, sheet, late, context);
      if ('failed' in answer || 'refused' in answer) return answer;
      locked = sum(locked, answer);
    }
    return this.complete(started, { ...locked, late }, context);
  }

  private async lock(
    started: Started,
    { centre, candidates }: Started['sheets'][number],
    late: boolean,
    context: CommandContext,
  ): Promise<Answer<Locked>> {
    const { submission: id, examiner, component, deadline } = started;
    const due = deadline === undefined ? {} : { deadline };
    // What was not confirmed refused the submission before it was started.
    const about = { submission: id, actor: examiner, role: 'examiner', candidates, confirmed: true, late, ...due };
    const command: SubmitMarks = { type: 'SubmitMarks', ...about };
    const handled = await this.streams.handle(markSheet, markSheetStream(component, centre), command, context);
    if (handled.kind === 'failed') return failed(handled);
    if (handled.kind === 'refused' && handled.refusal.reason !== 'NoMarksToSubmit') return refused(handled.refusal);
    const leftOut = leftOutOf(command, handled.state).map(({ candidate, why }) => ({ centre, candidate, why }));
    return { ...counted(handled.kind === 'recorded' ? handled.events : []), leftOut };
  }

  private async complete(
    started: Started,
    locked: Locked & { readonly late: boolean },
    context: CommandContext,
  ): Promise<Answer<Finished>> {
    if (locked.marks + locked.absent === 0) return refused({ reason: 'NoMarksToSubmit', leftOut: locked.leftOut });
    const logHead = await this.notaryHead();
    const receipt = receiptNumber(started.submission);
    const head = logHead === undefined ? {} : { logHead };
    const command = { type: 'CompleteSubmission', receipt, ...locked, ...head } as const;
    const commandId = eventId(context.commandId, 'completion', 0);
    const stream = submissionStream(started.submission);
    const handled = await this.streams.handle(submission, stream, command, { ...context, commandId });
    if (handled.kind === 'failed') return failed(handled);
    if (handled.kind === 'refused') return refused(handled.refusal);
    const event = handled.events[0];
    return event === undefined
      ? this.execute(new FinishSubmission(started.submission, context))
      : { completed: event.data as unknown as Completed, event };
  }
}

function counted(events: readonly RecordedEvent[]): Omit<Locked, 'leftOut'> {
  const submitted = events.map((event) => event as unknown as MarkSheetEvent).filter((one) => one.type === 'MarksSubmitted');
  const values = submitted.flatMap(({ data }) => data.candidates.map(({ mark }) => mark));
  const absent = values.filter((mark) => mark === 'ABS').length;
  return { marks: values.length - absent, absent, sheets: submitted.length };
}

function sum(one: Locked, other: Locked): Locked {
  return {
    marks: one.marks + other.marks,
    absent: one.absent + other.absent,
    sheets: one.sheets + other.sheets,
    leftOut: [...one.leftOut, ...other.leftOut],
  };
}

/** Eight characters to read out over a telephone (Crockford's base 32: no I, L, O, U), the same for the same submission. */
function receiptNumber(id: string): string {
  const digest = sha256(id);
  const bits = BigInt(`0x${digest.slice(0, 10)}`);
  const text = Array.from({ length: 8 }, (_, index) => ALPHABET[Number((bits >> BigInt(5 * index)) & 31n)]).join('');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
