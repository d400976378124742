import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { HistoryEntry } from '@portal/contract';
import { candidateOf, fold, historyOf, markSheet, markSheetStream, people, type MarkSheet, type MarkSheetEvent } from '@portal/domain';
import type { EventStore, RecordedEvent } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
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
  ) {}

  async execute({ component, centre, candidate: number, maySee }: History): Promise<Answer<readonly HistoryEntry[]>> {
    const read = /^\d{5}$/.test(centre) ? await this.events.readStream(markSheetStream(component, centre)) : undefined;
    if (read?.kind !== 'found') return refused({ reason: 'CentreUnknown', centre });
    const state = fold<MarkSheetEvent, MarkSheet>(markSheet, read.events as unknown as readonly MarkSheetEvent[]);
    const candidate = candidateOf(state.candidates, number);
    if (candidate === undefined) return refused({ reason: 'CandidateUnknown', candidate: number });
    if (![candidate.examiner, ...candidate.formerly].some(maySee)) return refused({ reason: 'NotYourCandidate', candidate: number });
    return this.entries(number, read.events);
  }

  private entries(candidate: string, events: readonly RecordedEvent[]): Promise<readonly HistoryEntry[]> {
    const entries = historyOf(candidate, events).map(async (entry) => ({
      ...entry,
      actor: this.nameOf(entry.actor),
      from: entry.from ?? null,
      to: entry.to ?? null,
      reason: typeof entry.reason === 'object' ? await this.texts.read(entry.reason) : (entry.reason ?? null),
      enteredAt: entry.enteredAt ?? null,
      queuedMs: entry.queuedMs ?? null,
      fromExaminer: entry.fromExaminer === undefined ? null : this.nameOf(entry.fromExaminer),
      toExaminer: entry.toExaminer === undefined ? null : this.nameOf(entry.toExaminer),
    }));
    return Promise.all(entries);
  }

  /** The account id where the person was erased. */
  private nameOf(account: string): string {
    return this.views.get(people, account)?.displayName || account;
  }
}
