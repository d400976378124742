import { setTimeout as pause } from 'node:timers/promises';
import type { View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { log } from '../logging.js';
import { CheckpointMovedError, type Generation, type ViewStore } from '../view-store/port.js';
import { Foldings } from './folding.js';
import { advanceGenerations, buildGenerations, differences, earliest } from './rebuild.js';

export interface ProjectorHealth {
  /** Of the last event that every view has seen. */
  readonly position: string | undefined;
  /** Once it has reached the end of the log, until it is interrupted. */
  readonly caughtUp: boolean;
  readonly lastError: string | undefined;
}

/**
 * Keeps the live generation of every view up with the log; begins again, with patience, when the log is lost. New
 * generations are built beside the live ones and taken into use whole.
 */
export class Projector {
  readonly #listeners = new Set<(position: string) => void>();
  #position: string | undefined;
  #caughtUp = false;
  /** How many wait for a position, and how to tell the projector so. */
  #waiting = 0;
  #hurry: (() => void) | undefined;
  #lastError: string | undefined;
  #following = new AbortController();
  #running: Promise<void> | undefined;
  #stopped = false;
  /** One change of generations at a time. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly events: EventStore,
    private readonly store: ViewStore,
    private readonly views: readonly View[],
  ) {}

  /** Views that are new, or whose code changed, are built, compared and taken into use before anything is followed. */
  async start(): Promise<void> {
    for (const left of await this.store.generations()) if (left.state === 'building') await this.store.discard(left);
    const versions = await this.#liveVersions();
    const stale = this.views.filter(({ name, version }) => versions.get(name) !== version);
    if (stale.length > 0) await this.#replace(stale, stale.every(({ name }) => !versions.has(name)));
    this.#go();
  }

  async #liveVersions(): Promise<ReadonlyMap<string, number>> {
    const live = (await this.store.generations()).filter(({ state }) => state === 'live');
    return new Map(live.map(({ view, version }) => [view, version]));
  }

  async #replace(stale: readonly View[], isNew: boolean): Promise<void> {
    const built = await buildGenerations(this.events, this.store, stale);
    if (!isNew) await this.#compare(pair(stale, built));
    for (const generation of built) await this.store.promote(generation);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#following.abort();
    await this.#changing.catch(() => undefined);
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
    this.#waiting += 1;
    this.#hurry?.();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const forget = this.onMoved((at) => at >= position && settle(true));
    const timer = setTimeout(() => settle(false), timeoutMs);
    const settle = (reached: boolean): void => {
      forget();
      clearTimeout(timer);
      this.#waiting -= 1;
      resolve(reached);
    };
    return promise;
  }

  /** Builds these views anew beside the live ones, compares them, and swaps; what was live is kept for one step back. */
  rebuild(names: readonly string[]): Promise<void> {
    return this.#change(async () => {
      const views = this.views.filter(({ name }) => names.includes(name));
      const built = pair(views, await buildGenerations(this.events, this.store, views));
      try {
        await this.#compare(built);
      } catch (error) {
        for (const [, generation] of built) await this.store.discard(generation);
        throw error;
      }
      await this.#whileStill(async () => {
        const ready = await advanceGenerations(this.events, this.store, built);
        for (const generation of ready) await this.store.promote(generation);
      });
    });
  }

  /** One step back, caught up first; false where no generation is kept that the present code could go on with. */
  rollBack(name: string): Promise<boolean> {
    return this.#change(async () => {
      const view = this.views.find((one) => one.name === name);
      const previous = await this.store.previous(name);
      if (view === undefined || previous?.version !== view.version) return false;
      return this.#whileStill(async () => {
        await advanceGenerations(this.events, this.store, [[view, previous]]);
        return this.store.rollBack(name);
      });
    });
  }

  #change<Result>(work: () => Promise<Result>): Promise<Result> {
    const change = this.#changing.then(work, work);
    this.#changing = change.catch(() => undefined);
    return change;
  }

  /** Nothing is followed meanwhile, so that what is swapped in is not behind what it replaces. */
  async #whileStill<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#following.abort();
    await this.#running;
    try {
      return await work();
    } finally {
      if (!this.#stopped) this.#go();
    }
  }

  async #compare(built: readonly (readonly [View, Generation])[]): Promise<void> {
    const [first] = await differences(this.events, this.store, built);
    if (first !== undefined) throw new Error(`a view was built differently: ${first}`);
  }

  #go(): void {
    this.#following = new AbortController();
    this.#running = this.#supervise(this.#following.signal);
  }

  async #supervise(signal: AbortSignal): Promise<void> {
    for (let backOffMs = FIRST_BACK_OFF_MS; !signal.aborted; backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS)) {
      const after = this.#position;
      try {
        await this.#follow(signal);
        if (!signal.aborted) throw new Error('the log stopped telling of new events');
      } catch (error) {
        if (signal.aborted) return;
        this.#caughtUp = false;
        this.#lastError = String(error);
        if (!(error instanceof CheckpointMovedError)) log.error({ error: String(error) }, 'the projector was interrupted');
        if (this.#position !== after) backOffMs = FIRST_BACK_OFF_MS;
        await untilAborted(backOffMs * (0.5 + Math.random() / 2), signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const generations = (await this.store.generations()).filter(({ state }) => state === 'live');
    const live = this.views.map((view) => {
      const generation = generations.find((one) => one.view === view.name);
      if (generation === undefined) throw new Error(`the view ${view.name} has no live generation`);
      return [view, generation] as const;
    });
    const foldings = new Foldings(this.store, live);
    const after = earliest(live.map(([, { checkpoint }]) => checkpoint));
    let caughtUp = false;
    for await (const message of this.events.subscribe({ signal, ...(after !== undefined && { after }) })) {
      if (signal.aborted) return;
      if (message.kind === 'events') {
        await foldings.fold(message.events);
        await foldings.flush();
        this.#moved(message.position);
        if (caughtUp) await this.#gather(signal);
      } else {
        caughtUp = true;
        this.#caughtUp = true;
        this.#lastError = undefined;
        if (message.position !== undefined) this.#moved(message.position);
      }
    }
  }

  /** Under load, what arrives meanwhile is folded in one go; who waits for it does not wait for that. */
  async #gather(signal: AbortSignal): Promise<void> {
    if (this.#waiting > 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GATHER_MS);
    this.#hurry = resolve;
    signal.addEventListener('abort', resolve as () => void, { once: true });
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', resolve as () => void);
    this.#hurry = undefined;
  }

  #moved(position: string): void {
    this.#position = position;
    for (const listener of [...this.#listeners]) listener(position);
  }
}

const GATHER_MS = 50;
const FIRST_BACK_OFF_MS = 50;
const LONGEST_BACK_OFF_MS = 5_000;

const pair = (views: readonly View[], generations: readonly Generation[]): readonly (readonly [View, Generation])[] =>
  generations.map((generation, index) => [views[index] as View, generation]);

/** Rests this long, or until there is nothing more to rest for. */
async function untilAborted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
