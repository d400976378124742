import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { HistoryEntry } from '@portal/contract';
import {
  candidateAt,
  candidateOf,
  components,
  fold,
  historyOf,
  markSheet,
  markSheetStream,
  moderation,
  moderationHistoryOf,
  people,
  type HistoryEntry as Happened,
  type MarkSheet,
  type MarkSheetEvent,
  type ModerationEvent,
} from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
import { Cohorts } from '../../platform/cohorts.js';
import { FreeTexts } from '../../platform/free-texts.js';
import { EVENT_STORE } from '../../platform/tokens.js';
import { Views } from '../../platform/views.js';

/** How a candidate's mark came to be, from the stream itself. */
export class History {
  constructor(
    readonly component: string,
    readonly centre: string,
    readonly candidate: string,
    /** Whether this examiner's candidates may be looked at by whoever asks. */
    readonly maySee: (examiner: string) => boolean,
  ) {}
}

@QueryHandler(History)
export class HistoryHandler implements IQueryHandler<History, Answer<readonly HistoryEntry[]>> {
  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    private readonly views: Views,
    private readonly texts: FreeTexts,
    private readonly cohorts: Cohorts,
  ) {}

  async execute(asked: History): Promise<Answer<readonly HistoryEntry[]>> {
    const happened = (await this.views.get(components, asked.component))?.kind === 'IAMIS' ? await this.moderated(asked) : await this.marked(asked);
    return 'refused' in happened || 'failed' in happened ? happened : this.entries(happened as readonly Happened[]);
  }

  private async moderated({ component, centre, candidate, maySee }: History): Promise<Answer<readonly Happened[]>> {
    const cohort = await this.cohorts.find(component, centre);
    const read = cohort === undefined ? undefined : await this.events.readStream(cohort.stream);
    if (read?.kind !== 'found') return refused({ reason: 'CentreUnknown', centre });
    const state = fold(moderation, read.events as unknown as readonly ModerationEvent[]);
    if (candidateAt(state.candidates, { centre, candidate }) === undefined) return refused({ reason: 'CandidateUnknown', candidate });
    if (![state.moderator ?? '', ...state.formerly].some(maySee)) return refused({ reason: 'NotYourCandidate', candidate });
    return moderationHistoryOf({ centre, candidate }, read.events);
  }

  private async marked({ component, centre, candidate: number, maySee }: History): Promise<Answer<readonly Happened[]>> {
    const read = /^\d{5}$/.test(centre) ? await this.events.readStream(markSheetStream(component, centre)) : undefined;
    if (read?.kind !== 'found') return refused({ reason: 'CentreUnknown', centre });
    const state = fold<MarkSheetEvent, MarkSheet>(markSheet, read.events as unknown as readonly MarkSheetEvent[]);
    const candidate = candidateOf(state.candidates, number);
    if (candidate === undefined) return refused({ reason: 'CandidateUnknown', candidate: number });
    if (![candidate.examiner, ...candidate.formerly].some(maySee)) return refused({ reason: 'NotYourCandidate', candidate: number });
    return historyOf(number, read.events);
  }

  /** The account id where a person was erased. */
  private async entries(happened: readonly Happened[]): Promise<readonly HistoryEntry[]> {
    const accounts = happened.flatMap(({ actor, fromExaminer, toExaminer }) => [actor, fromExaminer, toExaminer]);
    const known = await this.views.many(people, accounts.filter((one) => one !== undefined));
    const nameOf = (account: string): string => known.get(account)?.displayName || account;
    // An audit report has them.
    const entries = happened.map(async ({ authMethod: _authMethod, client: _client, ...entry }) => ({
      ...entry,
      actor: nameOf(entry.actor),
      from: entry.from ?? null,
      to: entry.to ?? null,
      reason: typeof entry.reason === 'object' ? await this.texts.read(entry.reason) : (entry.reason ?? null),
      enteredAt: entry.enteredAt ?? null,
      queuedMs: entry.queuedMs ?? null,
      fromExaminer: entry.fromExaminer === undefined ? null : nameOf(entry.fromExaminer),
      toExaminer: entry.toExaminer === undefined ? null : nameOf(entry.toExaminer),
    }));
    return Promise.all(entries);
  }
}
