import type { View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { log } from '../logging.js';
import type { Generation } from '../view-store/port.js';
import type { RedisViewStore } from '../view-store/redis/redis-view-store.js';
import { areOfLog, FOREIGN } from './last-event.js';
import { ViewProgress } from './progress.js';
import { earliest } from './rebuild.js';

/**
 * Sees how far other processes have taken the views, by the checkpoints that stand beside what is read. It is rung when
 * they move, and looks by itself all the same: a ring may be lost.
 */
export class ViewReader {
  readonly progress = new ViewProgress();
  /** Where the log ended at the start: behind that there are no answers yet. */
  #end: string | undefined;
  #generations: readonly Generation[] = [];
  /** They were folded from another log than this one. */
  #isForeign = false;
  #isChecking = false;
  #looking: Promise<void> | undefined;
  #isRungMeanwhile = false;
  #ticks = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly events: EventStore,
    private readonly store: RedisViewStore,
    private readonly views: readonly View[],
  ) {}

  async start(): Promise<void> {
    this.#end = await this.events.head();
    this.progress.onAwaited(() => this.#look());
    await this.store.onMoved(() => this.#look());
    this.#timer = setInterval(() => {
      this.#ticks += 1;
      if (this.#ticks % TICKS_AT_REST === 0) void this.#check();
      if (this.progress.isAwaited || this.#ticks % TICKS_AT_REST === 0) this.#look();
    }, TICK_MS);
    this.#look();
    await this.#looking;
    await this.#check();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /**
   * The log may have been put back from an older copy. Whoever stops does not wait for this: a log that is away is waited
   * for for long.
   */
  async #check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      const isOfThis = await areOfLog(this.events, this.#generations);
      if (isOfThis && this.#isForeign) {
        // Where the log ended before says nothing of this one.
        this.#end = await this.events.head();
        this.#isForeign = false;
        this.#look();
      } else if (!isOfThis) {
        if (!this.#isForeign) log.error(FOREIGN);
        this.#isForeign = true;
        this.progress.lost(new Error(FOREIGN));
      }
    } catch (error) {
      this.progress.interrupted(error);
    } finally {
      this.#isChecking = false;
    }
  }

  /** One look at a time: whoever rings meanwhile is the reason for one more. */
  #look(): void {
    this.#isRungMeanwhile = true;
    this.#looking ??= this.#lookOn().finally(() => (this.#looking = undefined));
  }

  async #lookOn(): Promise<void> {
    while (this.#isRungMeanwhile) {
      this.#isRungMeanwhile = false;
      try {
        this.#generations = (await this.store.generations()).filter(({ state }) => state === 'live');
        if (!this.#isForeign) this.#seen(this.#generations);
      } catch (error) {
        this.progress.interrupted(error);
      }
    }
  }

  #seen(generations: readonly Generation[]): void {
    const live = new Map(generations.map((one) => [one.view, one]));
    const missing = this.views.find(({ name, version }) => live.get(name)?.version !== version);
    if (missing !== undefined) this.progress.interrupted(new Error(`the view ${missing.name} is not there, or was built by other code`));
    const at = this.views.some(({ name }) => !live.has(name)) ? undefined : earliest(this.views.map(({ name }) => live.get(name)?.checkpoint));
    if (at !== undefined && at !== this.progress.health().position) this.progress.moved(at);
    if (missing === undefined && (this.#end === undefined || (at !== undefined && at >= this.#end))) this.progress.reachedEnd();
  }
}

const TICK_MS = 250;
const TICKS_AT_REST = 4;
