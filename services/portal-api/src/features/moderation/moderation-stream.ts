import { Inject, Injectable } from '@nestjs/common';
import { fold, moderation, type Moderation, type ModerationEvent } from '@portal/domain';
import type { EventStore, RecordedEvent } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
import { Cohorts, type Cohort } from '../../platform/cohorts.js';
import { maySee, type Part } from '../../platform/parts.js';
import { EVENT_STORE } from '../../platform/tokens.js';
import type { OnCentre } from './moderation-commands.js';

export interface Found {
  readonly cohort: Cohort;
  readonly events: readonly RecordedEvent[];
  readonly state: Moderation;
}

/** One moderation as it was recorded, for whoever may look at it: never behind what its moderator just did. */
@Injectable()
export class ModerationStream {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly cohorts: Cohorts,
  ) {}

  async read({ component, centre }: OnCentre, part: Part): Promise<Answer<Found>> {
    const cohort = await this.cohorts.find(component, centre);
    const read = cohort === undefined ? undefined : await this.events.readStream(cohort.stream);
    if (cohort === undefined || read?.kind !== 'found') return refused({ reason: 'CentreUnknown', centre });
    const { events } = read;
    const state = fold(moderation, events as unknown as readonly ModerationEvent[]);
    return maySee(part, state.moderator) ? { cohort, events, state } : refused({ reason: 'NotYourCentre', centre });
  }
}
