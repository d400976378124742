import { Inject, Injectable } from '@nestjs/common';
import type { View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { ProblemError } from './http/problem-error.js';
import { ViewProgress } from './projector/progress.js';
import { EVENT_STORE, VIEW_STORE } from './tokens.js';
import { ViewsUnavailableError, type ViewStore } from './view-store/port.js';

/** What queries read: the live generation of each view. */
@Injectable()
export class Views {
  constructor(
    @Inject(VIEW_STORE) private readonly store: ViewStore,
    private readonly progress: ViewProgress,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  async get<Document extends object>(view: View<Document>, key: string): Promise<Document | undefined> {
    return (await this.#asked(view, (generation) => this.store.get(view.name, generation, key))) as Document | undefined;
  }

  /** Of these keys those that have a document, in one go. */
  async many<Document extends object>(view: View<Document>, keys: Iterable<string>): Promise<ReadonlyMap<string, Document>> {
    const wanted = [...new Set(keys)];
    const found = await this.#asked(view, (generation) => this.store.many(view.name, generation, wanted));
    return new Map(wanted.flatMap((key, n) => (found[n] === undefined ? [] : [[key, found[n] as Document]])));
  }

  async list<Document extends object>(view: View<Document>, prefix: string): Promise<readonly Document[]> {
    const found = await this.#asked(view, (generation) => this.store.list(view.name, generation, prefix));
    return found.map(({ document }) => document as Document);
  }

  /** Waits until the views show the event at this position. */
  async reach(position: string, patienceMs = PATIENCE_MS): Promise<void> {
    if (!(await this.progress.reach(position, patienceMs))) throw new ProblemError('view-behind', 'the counts are not up to date yet');
  }

  /** Whether this is a place in the log so far: nobody waits for one that may never come. */
  async isPosition(text: string): Promise<boolean> {
    const head = await this.events.head();
    return POSITION.test(text) && head !== undefined && text <= head;
  }

  /** Waits until the views show everything recorded so far: a command decides on no less, so it is patient. */
  async caughtUp(patienceMs = LONG_PATIENCE_MS): Promise<void> {
    const head = await this.events.head();
    if (head !== undefined) await this.reach(head, patienceMs);
  }

  /** Gives what was recorded a moment to be seen; what it was is recorded in any case. */
  async settle(): Promise<void> {
    const head = await this.events.head();
    if (head !== undefined) await this.progress.reach(head, PATIENCE_MS);
  }

  /** Of the live generation. */
  async #asked<Found>({ name }: View, ask: (generation: number) => Promise<Found>): Promise<Found> {
    if (this.progress.isLost) throw new ProblemError('unavailable', 'the views are being built again');
    try {
      const live = await this.store.liveNumber(name);
      if (live !== undefined) return await ask(live);
    } catch (error) {
      if (!(error instanceof ViewsUnavailableError)) throw error;
      throw new ProblemError('unavailable', 'the views cannot be asked at the moment');
    }
    throw new ProblemError('unavailable', 'the service is still starting');
  }
}

const PATIENCE_MS = 5_000;
const LONG_PATIENCE_MS = 30_000;
/** Row, or commit and prepare, each padded to twenty digits: compared as text. */
const POSITION = /^\d{20}(\/\d{20})?$/;
