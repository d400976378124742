import { setTimeout as pause } from 'node:timers/promises';
import type { View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { log } from '../logging.js';
import { CheckpointMovedError, type Generation, type ViewStore } from '../view-store/port.js';
import { Foldings } from './folding.js';
import { FOREIGN, isOfLog } from './last-event.js';
import { ViewProgress } from './progress.js';
import { advanceGenerations, buildGenerations, differences, earliest, type RebuildOptions } from './rebuild.js';
import { LiveWatch } from './watch.js';

/**
 * Keeps the live generation of every view up with the log; begins again, with patience, when the log or the views are
 * lost. New generations are built beside the live ones and taken into use whole.
 */
export class Projector {
  readonly progress = new ViewProgress();
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
    await this.store.exclusively(() => this.#build((live, view) => live.version === view.version));
    this.#go();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#following.abort();
    await this.#changing.catch(() => undefined);
    await this.#running;
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
      if (view === undefined) return false;
      // Looked at when nothing is followed any more: what was live a moment ago may still have been moved by this process.
      return this.#whileStill(async () => {
        const previous = await this.store.previous(name);
        if (previous?.version !== view.version) return false;
        await advanceGenerations(this.events, this.store, [[view, previous]]);
        return this.store.rollBack(name);
      });
    });
  }

  #change<Result>(work: () => Promise<Result>): Promise<Result> {
    const alone = (): Promise<Result> => this.store.exclusively(work);
    const change = this.#changing.then(alone, alone);
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

  /** What is not as it should be is built; what a crash left half built goes. Nobody else changes anything meanwhile. */
  async #build(isGood: (live: Generation, view: View) => boolean, options?: RebuildOptions): Promise<void> {
    const generations = await this.store.generations();
    for (const left of generations) if (left.state === 'building') await this.store.discard(left);
    const live = new Map(generations.filter(({ state }) => state === 'live').map((one) => [one.view, one]));
    const foreign = await this.#foreign([...live.values()]);
    const stale = this.views.filter((view) => {
      const now = live.get(view.name);
      return now === undefined || foreign.has(view.name) || !isGood(now, view);
    });
    if (stale.length === 0) return;
    for (const { view, generation, checkpoint } of foreign.values()) log.warn({ view, generation, checkpoint }, 'a view was folded from another log, and is built again');
    const built = await buildGenerations(this.events, this.store, stale, options);
    if (stale.some(({ name }) => live.has(name))) await this.#compare(pair(stale, built));
    for (const generation of built) await this.store.promote(generation);
    for (const view of foreign.keys()) await this.#discardPrevious(view);
  }

  /** Nobody steps back to what was folded from another log. */
  async #discardPrevious(view: string): Promise<void> {
    const previous = await this.store.previous(view);
    if (previous !== undefined) await this.store.discard(previous);
  }

  /** By view, what was folded from another log than this one, as after a backup was put back. */
  async #foreign(generations: readonly Generation[]): Promise<ReadonlyMap<string, Generation>> {
    const found = await Promise.all(generations.map(async (one) => ((await isOfLog(this.events, one)) ? [] : [one])));
    return new Map(found.flat().map((one) => [one.view, one]));
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
      const after = this.progress.health().position;
      try {
        await this.#follow(signal);
        if (!signal.aborted) throw new Error('the log stopped telling of new events');
      } catch (error) {
        if (signal.aborted) return;
        // The log does not go on behind what it told: it may be another one, which is looked at before anything is followed again.
        if (error instanceof RangeError) this.progress.lost(error);
        else this.progress.interrupted(error);
        if (!(error instanceof CheckpointMovedError)) log.error({ error: String(error) }, 'the projector was interrupted');
        if (this.progress.health().position !== after) backOffMs = FIRST_BACK_OFF_MS;
        await untilAborted(backOffMs * (0.5 + Math.random() / 2), signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const live = await this.#live(signal);
    const watch = new LiveWatch(this.store, live.map(([, generation]) => generation));
    try {
      await this.#project(live, AbortSignal.any([signal, watch.signal]));
    } finally {
      watch.stop();
    }
    watch.signal.throwIfAborted();
  }

  /** Of views that are not there, because their store was emptied, new ones; likewise of those that another log was folded into. */
  async #live(signal: AbortSignal): Promise<readonly (readonly [View, Generation])[]> {
    const find = async () => (await this.store.generations()).filter(({ state }) => state === 'live');
    let found = await find();
    const foreign = await this.#foreign(found);
    if (foreign.size > 0) this.progress.lost(new Error(FOREIGN));
    if (foreign.size > 0 || this.views.some(({ name }) => !found.some(({ view }) => view === name))) {
      await this.store.exclusively(() => this.#build(() => true, { signal }), signal);
      found = await find();
    }
    return this.views.map((view) => {
      const generation = found.find((one) => one.view === view.name);
      if (generation === undefined) throw new Error(`the view ${view.name} has no live generation`);
      if (generation.version !== view.version) throw new Error(`the view ${view.name} was built by other code`);
      return [view, generation] as const;
    });
  }

  async #project(live: readonly (readonly [View, Generation])[], signal: AbortSignal): Promise<void> {
    const foldings = new Foldings(this.store, live);
    const after = earliest(live.map(([, { checkpoint }]) => checkpoint));
    let caughtUp = false;
    for await (const message of this.events.subscribe({ signal, ...(after !== undefined && { after }) })) {
      if (signal.aborted) return;
      if (message.kind === 'events') {
        await foldings.fold(message.events);
        await foldings.flush();
        this.progress.moved(message.position);
        if (caughtUp) await this.#gather(signal);
      } else {
        caughtUp = true;
        this.progress.reachedEnd();
        if (message.position !== undefined) this.progress.moved(message.position);
      }
    }
  }

  /** Under load, what arrives meanwhile is folded in one go; who waits for it does not wait for that. */
  async #gather(signal: AbortSignal): Promise<void> {
    if (this.progress.isAwaited) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, GATHER_MS);
    const forget = this.progress.onAwaited(resolve);
    signal.addEventListener('abort', resolve as () => void, { once: true });
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', resolve as () => void);
    forget();
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
