import { setTimeout as pause } from 'node:timers/promises';
import type { View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { log } from '../logging.js';
import { CheckpointMovedError, type ViewStore } from '../view-store/view-store.js';
import { flush, Folding } from './folding.js';
import { buildGenerations, differences } from './rebuild.js';

export interface ProjectorHealth {
  readonly position: string | undefined;
  readonly caughtUp: boolean;
  readonly lastError: string | undefined;
}

/** Keeps the live generation of every view up with the log; begins again, with patience, when the log is lost. */
export class Projector {
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(position: string) => void>();
  #position: string | undefined;
  #caughtUp = false;
  #lastError: string | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly events: EventStore,
    private readonly store: ViewStore,
    private readonly views: readonly View[],
  ) {}

  /** Views that are new, or whose code changed, are built, compared and taken into use before anything is followed. */
  async start(): Promise<void> {
    const stale = this.views.filter((view) => this.store.live(view.name)?.version !== view.version);
    if (stale.length > 0) await this.#replace(stale);
    for (const left of this.store.generations()) if (left.state === 'building') this.store.discard(left);
    this.#running = this.#supervise();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  health(): ProjectorHealth {
    return { position: this.#position, caughtUp: this.#caughtUp, lastError: this.#lastError };
  }

  /** Called with the position after every move. */
  onMoved(listener: (position: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether every view has seen the event at this position, waiting up to `timeoutMs` for it. */
  reach(position: string, timeoutMs: number): Promise<boolean> {
    if (this.#position !== undefined && this.#position >= position) return Promise.resolve(true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const forget = this.onMoved((at) => at >= position && settle(true));
    const timer = setTimeout(() => settle(false), timeoutMs);
    const settle = (reached: boolean): void => {
      forget();
      clearTimeout(timer);
      resolve(reached);
    };
    return promise;
  }

  async #replace(views: readonly View[]): Promise<void> {
    const built = await buildGenerations(this.events, this.store, views);
    for (const [index, generation] of built.entries()) {
      const view = views[index] as View;
      const different = this.store.live(view.name) === undefined ? [] : await differences(this.events, this.store, view, generation);
      if (different.length > 0) throw new Error(`the view ${view.name} was built differently at ${different[0]}`);
      this.store.promote(generation);
    }
  }

  async #supervise(): Promise<void> {
    for (let backOffMs = 50; !this.#abort.signal.aborted; backOffMs = Math.min(backOffMs * 2, 5_000)) {
      try {
        await this.#follow();
        return;
      } catch (error) {
        this.#caughtUp = false;
        this.#lastError = String(error);
        if (!(error instanceof CheckpointMovedError)) log.error({ error: String(error) }, 'the projector was interrupted');
        await pause(backOffMs * (0.5 + Math.random() / 2), undefined, { signal: this.#abort.signal }).catch(() => undefined);
      }
    }
  }

  async #follow(): Promise<void> {
    const foldings = this.views.map((view) => {
      const live = this.store.live(view.name);
      if (live === undefined) throw new Error(`the view ${view.name} has no live generation`);
      return new Folding(view, live, this.store);
    });
    const after = earliest(foldings.map(({ generation }) => generation.checkpoint));
    const range = { signal: this.#abort.signal, ...(after !== undefined && { after }) };
    for await (const message of this.events.subscribe(range)) {
      if (message.kind === 'events') {
        for (const folding of foldings) folding.fold(message.events);
        flush(this.store, foldings);
        this.#moved(message.position);
        // Under load, what arrives meanwhile is folded in one go.
        await pause(GATHER_MS, undefined, { signal: this.#abort.signal }).catch(() => undefined);
      } else {
        this.#caughtUp = true;
        this.#lastError = undefined;
        if (message.position !== undefined) this.#moved(message.position);
      }
    }
  }

  #moved(position: string): void {
    this.#position = position;
    for (const listener of [...this.#listeners]) listener(position);
  }
}

const GATHER_MS = 10;

function earliest(checkpoints: readonly (string | undefined)[]): string | undefined {
  if (checkpoints.includes(undefined)) return undefined;
  return (checkpoints as readonly string[]).reduce<string | undefined>((least, one) => (least === undefined || one < least ? one : least), undefined);
}
