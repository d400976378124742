import { Inject, Injectable } from '@nestjs/common';
import type { IamisRecorded } from '@portal/contract';
import { moderation, type Moderation, type ModerationCommand, type ModerationRefusal, type Refusal, type TextReference } from '@portal/domain';
import type { CommandContext, EventStore, Handled, Streams } from '@portal/event-store';
import { failed, recorded, refused, type Answer } from '../../platform/answer.js';
import { roleOf } from '../../platform/capacity.js';
import { Cohorts } from '../../platform/cohorts.js';
import { FreeTexts } from '../../platform/free-texts.js';
import { PersonNames } from '../../platform/person-names.js';
import { EVENT_STORE, STREAMS } from '../../platform/tokens.js';

/** Any centre of a consortium. */
export interface OnCentre {
  readonly component: string;
  readonly centre: string;
}

type Without<Command> = Command extends unknown ? Omit<Command, 'actor' | 'role'> : never;
/** What is asked of a moderation; who asks comes from the context. */
export type Asked = Without<ModerationCommand>;

/** Somebody's own words, and how the event refers to them. */
export interface Said {
  readonly reference: TextReference;
  readonly words: string;
}

type Done = Extract<Handled<Moderation, never>, { kind: 'recorded' }>;

/** What every command about a moderation has in common: which stream, who asks, their words, and what a refusal says. */
@Injectable()
export class ModerationCommands {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly cohorts: Cohorts,
    private readonly texts: FreeTexts,
    private readonly names: PersonNames,
  ) {}

  async run(at: OnCentre, asked: Asked, context: CommandContext, said: readonly Said[] = []): Promise<Answer<IamisRecorded>> {
    const answer = await this.handle(at, asked, context, said);
    return 'events' in answer ? recorded(answer) : answer;
  }

  /** The words are written before the event that refers to them, and only where there will be one. */
  async handle(at: OnCentre, asked: Asked, context: CommandContext, said: readonly Said[] = []): Promise<Answer<Done>> {
    const cohort = await this.cohorts.find(at.component, at.centre);
    if (cohort === undefined) return refused({ reason: 'CentreUnknown', centre: at.centre });
    const { stream } = cohort;
    const command = { ...asked, actor: context.actor, role: roleOf(context.capacity) } as ModerationCommand;
    if (said.length > 0 && (await this.wouldRecord(stream, command))) {
      for (const { reference, words } of said) {
        const failure = await this.texts.write(reference, words, context);
        if (failure !== undefined) return failure;
      }
    }
    const handled = await this.streams.handle(moderation, stream, command, context);
    if (handled.kind === 'failed') return failed(handled);
    return handled.kind === 'recorded' ? handled : refused(await this.explained(stream, handled.refusal));
  }

  /** As it stands now; undefined where nothing has begun. */
  async state({ component, centre }: OnCentre): Promise<Moderation | undefined> {
    const cohort = await this.cohorts.find(component, centre);
    return cohort === undefined ? undefined : (await this.streams.load(moderation, cohort.stream)).state;
  }

  said(words: string, context: CommandContext, name?: string): Said {
    return { reference: this.texts.refer(words, context, name), words };
  }

  private async wouldRecord(stream: string, command: ModerationCommand): Promise<boolean> {
    const { state } = await this.streams.load(moderation, stream);
    const decision = moderation.decide(command, state);
    return 'accepted' in decision && decision.accepted.length > 0;
  }

  /** With names; and who changed it meanwhile, and when. */
  private async explained(stream: string, refusal: ModerationRefusal): Promise<Refusal> {
    if (refusal.reason !== 'ChangedElsewhere') return this.names.inRefusal(refusal);
    const read = await this.events.readStream(stream, { after: refusal.revision - 1, limit: 1 });
    const metadata = read.kind === 'found' ? read.events[0]?.metadata : undefined;
    const by = await this.names.display(String(metadata?.['actor']));
    return { ...refusal, mark: refusal.mark ?? null, by, at: String(metadata?.['recordedAt']) } as unknown as Refusal;
  }
}
