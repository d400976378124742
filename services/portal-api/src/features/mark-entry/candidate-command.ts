import { Inject, Injectable } from '@nestjs/common';
import type { MarkEntered } from '@portal/contract';
import {
  candidateOf,
  markSheet,
  markSheetStream,
  scaleOf,
  type ByExaminer,
  type MarkSheet,
  type MarkSheetCommand,
  type MarkSheetRefusal,
  type Refusal,
} from '@portal/domain';
import type { CommandContext, EventStore, Handled, Streams } from '@portal/event-store';
import { failed, type Answer } from '../../platform/answer.js';
import { roleOf } from '../../platform/capacity.js';
import { FreeTexts } from '../../platform/free-texts.js';
import { PersonNames } from '../../platform/person-names.js';
import { EVENT_STORE, STREAMS } from '../../platform/tokens.js';

export interface OnSheet {
  readonly component: string;
  readonly centre: string;
}

export type CandidateCommand = Extract<MarkSheetCommand, ByExaminer>;
type Without<Command> = Command extends unknown ? Omit<Command, 'actor' | 'role'> : never;
/** What is asked of one candidate; who asks comes from the context. */
export type Asked = Without<CandidateCommand>;

/** What every command about one candidate has in common: who asks, and what the answer says. */
@Injectable()
export class CandidateCommands {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly names: PersonNames,
    private readonly texts: FreeTexts,
  ) {}

  async run({ component, centre }: OnSheet, asked: Asked, context: CommandContext): Promise<Answer<MarkEntered>> {
    if (!/^\d{5}$/.test(centre)) return { refused: { reason: 'CentreUnknown', centre } };
    const stream = markSheetStream(component, centre);
    const handled = await this.streams.handle(markSheet, stream, by(context, asked), context);
    if (handled.kind === 'failed') return failed(handled);
    if (handled.kind === 'recorded') return entered(handled, asked.candidate);
    if (handled.revision === undefined) return { refused: { reason: 'CentreUnknown', centre } };
    return { refused: await this.explained(stream, handled.refusal) };
  }

  /** As things stand: for what must be written before it. */
  async wouldRecord({ component, centre }: OnSheet, asked: Asked, context: CommandContext): Promise<boolean> {
    const { state } = await this.streams.load(markSheet, markSheetStream(component, centre));
    const decision = markSheet.decide(by(context, asked), state);
    return 'accepted' in decision && decision.accepted.length > 0;
  }

  /** Somebody changed it meanwhile: the person is told who, and when. */
  private async explained(stream: string, refusal: MarkSheetRefusal): Promise<Refusal> {
    if (refusal.reason === 'ScriptOutstanding') return { ...refusal, why: await this.texts.read(refusal.why) } as unknown as Refusal;
    if (refusal.reason !== 'ChangedElsewhere') return this.names.inRefusal(refusal);
    const read = await this.events.readStream(stream, { after: refusal.revision - 1, limit: 1 });
    const metadata = read.kind === 'found' ? read.events[0]?.metadata : undefined;
    const by = await this.names.display(String(metadata?.['actor']));
    const changed = { ...refusal, mark: refusal.mark ?? null, by, at: String(metadata?.['recordedAt']) };
    return changed as unknown as Refusal;
  }
}

const by = (context: CommandContext, asked: Asked): CandidateCommand =>
  ({ ...asked, actor: context.actor, role: roleOf(context.capacity) }) as CandidateCommand;

function entered({ state, events }: Extract<Handled<MarkSheet, never>, { kind: 'recorded' }>, number: string): MarkEntered {
  const candidate = candidateOf(state.candidates, number);
  const last = events.at(-1);
  const value = candidate?.value;
  const mark = typeof value === 'number' && scaleOf(state).halfMarks ? value / 2 : value;
  const recordedAt = last === undefined ? null : String(last.metadata['recordedAt']);
  return {
    candidate: number,
    mark: mark ?? null,
    event: last?.id ?? null,
    position: last?.position ?? null,
    recordedAt,
    revision: candidate?.revision ?? 0,
  };
}
