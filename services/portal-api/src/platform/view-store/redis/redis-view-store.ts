import type { Redis } from 'ioredis';
import { connectRedis, openRedis } from '../../redis.js';
import { CheckpointMovedError, ViewsUnavailableError, type Advance, type Generation, type Keyed, type ViewStore } from '../port.js';
import { checkpointKey, documentsKey, keysOf, lastEventKey, MOVED } from './keys.js';
import { whileHeld } from './lease.js';
import { changeRegistry, readRegistry, restated, type Registered, type Registry } from './registry.js';
import { withScripts, type ScriptedRedis } from './scripts.js';

/** Views in Redis, for several processes: those that project and those that read. */
export class RedisViewStore implements ViewStore {
  /** Redis answers nobody else while it takes them. */
  readonly eventsPerFlush = 5_000;
  readonly #url: string;
  readonly #redis: ScriptedRedis;
  #subscriber: Redis | undefined;
  #live: ReadonlyMap<string, number> = new Map();
  #liveUntil = 0;

  /** `redis` is closed with it. */
  constructor(url: string, redis: Redis) {
    this.#url = url;
    this.#redis = withScripts(redis);
  }

  /** Rejects with `ConfigError` where this Redis is none to keep views in. */
  static async open(url: string): Promise<RedisViewStore> {
    return new RedisViewStore(url, await openRedis(url, { name: 'views', enableAutoPipelining: true, ...PATIENCE }));
  }

  async generations(): Promise<readonly Generation[]> {
    const registry = await readRegistry(this.#redis);
    this.#know(registry);
    const asked = registry.generations.map(({ view, generation }) => this.#redis.mget(checkpointKey(view, generation), lastEventKey(view, generation)));
    const found = await Promise.all(asked);
    return registry.generations.flatMap((one, n) => {
      const [checkpoint, lastEvent] = found[n] as (string | null)[];
      // One whose checkpoint is gone is gone.
      return typeof checkpoint === 'string' ? [{ ...one, checkpoint: checkpoint || undefined, lastEvent: lastEvent ?? undefined }] : [];
    });
  }

  live(view: string): Promise<Generation | undefined> {
    return this.#find(view, 'live');
  }

  previous(view: string): Promise<Generation | undefined> {
    return this.#find(view, 'previous');
  }

  async liveNumber(view: string): Promise<number | undefined> {
    if (performance.now() > this.#liveUntil) this.#know(await answered(readRegistry(this.#redis)));
    return this.#live.get(view);
  }

  async begin(view: string, version: number): Promise<Generation> {
    const begun = (await this.#change((before) => {
      // By the clock, so that no number comes again after Redis was emptied: whoever still reads it must find it gone.
      const generation: Registered = { view, generation: Math.max(before.last + 1, Date.now()), version, state: 'building' };
      return { ...before, last: generation.generation, generations: [...before.generations, generation] };
    })) as Registry;
    const { last: generation } = begun;
    await this.#redis.set(checkpointKey(view, generation), '');
    return { view, generation, version, state: 'building', checkpoint: undefined };
  }

  async advance(advances: readonly Advance[]): Promise<readonly Generation[]> {
    const moving = Promise.all(advances.map((advance) => this.#advanceOne(advance)));
    // After them, on the same connection. A ring that is lost costs readers a moment.
    const ringing = this.#redis.publish(MOVED, '').catch(() => 0);
    const [moved] = await Promise.all([moving, ringing]);
    const [refused] = advances.filter((_, n) => moved[n] !== 1);
    if (refused !== undefined) throw new CheckpointMovedError(refused.generation.view, refused.generation.generation);
    return advances.map(({ generation, to, lastEvent }) => ({ ...generation, checkpoint: to, lastEvent }));
  }

  #advanceOne({ generation: { view, generation, checkpoint = '' }, to, lastEvent = '', documents }: Advance): Promise<number> {
    const [kept, removed]: [string[], string[]] = [[], []];
    for (const [key, document] of documents) {
      if (document === undefined) removed.push(key);
      else kept.push(key, JSON.stringify(document));
    }
    return this.#redis.portalAdvance(...keysOf(view, generation), [checkpoint, to, lastEvent, kept.length / 2, ...kept, ...removed]);
  }

  async promote({ view, generation }: Generation): Promise<void> {
    await this.#change((before) => {
      const isThere = before.generations.some((one) => one.generation === generation && one.view === view && one.state === 'building');
      if (!isThere) throw new CheckpointMovedError(view, generation);
      return restated(before, view, (one) => (one.generation === generation ? 'live' : AFTER_PROMOTION[one.state]));
    });
  }

  async rollBack(view: string): Promise<boolean> {
    const previous = await this.previous(view);
    if (previous === undefined) return false;
    const after = await this.#change((before) => {
      const isThere = before.generations.some((one) => one.generation === previous.generation && one.view === view && one.state === 'previous');
      if (!isThere) return undefined;
      return restated(before, view, ({ generation, state }) => {
        if (generation === previous.generation) return 'live';
        return state === 'live' ? undefined : state;
      });
    });
    return after !== undefined;
  }

  async discard({ view, generation }: Generation): Promise<void> {
    await this.#change((before) => restated(before, view, (one) => (one.generation === generation ? undefined : one.state)));
    // Also where somebody else discarded it: it may have been written to since.
    await this.#expire([{ view, generation }]);
  }

  exclusively<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    return whileHeld(this.#redis, work, signal);
  }

  async get(view: string, generation: number, key: string): Promise<object | undefined> {
    const found = await answered(this.#redis.portalGet(checkpointKey(view, generation), documentsKey(view, generation), key));
    if (found === null) this.#gone(view, generation);
    return documentIn(found || undefined);
  }

  async many(view: string, generation: number, keys: readonly string[]): Promise<readonly (object | undefined)[]> {
    if (keys.length === 0) return [];
    // In this order, and in one round trip: what is there after an answer was there before it.
    const [found, isThere] = await Promise.all([this.read(view, generation, keys), answered(this.#redis.exists(checkpointKey(view, generation)))]);
    if (isThere === 0 && found.every((document) => document === undefined)) this.#gone(view, generation);
    return found;
  }

  async read(view: string, generation: number, keys: readonly string[]): Promise<readonly (object | undefined)[]> {
    if (keys.length === 0) return [];
    return (await answered(this.#redis.hmget(documentsKey(view, generation), ...keys))).map(documentIn);
  }

  async list(view: string, generation: number, prefix: string): Promise<readonly Keyed[]> {
    const [checkpoint, documents, order] = keysOf(view, generation);
    const all: Keyed[] = [];
    for (let from = `[${prefix}`; ; ) {
      const found = await answered(this.#redis.portalList(checkpoint, documents, order, from, `(${prefix}\u{10ffff}`, A_PAGE));
      if (found === null) this.#gone(view, generation);
      for (let at = 0; at < found.length; at += 2) all.push({ key: found[at] as string, document: documentIn(found[at + 1] as string)! });
      if (found.length < 2 * A_PAGE) return all;
      from = `(${found.at(-2)}`;
    }
  }

  /** Called when this process or another has moved views. A ring may be lost, with a connection. */
  async onMoved(listener: () => void): Promise<void> {
    const subscriber = (this.#subscriber ??= connectRedis(this.#url, { name: 'views-moved', maxRetriesPerRequest: null }));
    subscriber.on('message', listener);
    // Whatever was rung while it was away.
    subscriber.on('ready', listener);
    await subscriber.subscribe(MOVED);
  }

  async close(): Promise<void> {
    this.#subscriber?.disconnect();
    await this.#redis.quit().catch(() => this.#redis.disconnect());
  }

  async #find(view: string, state: Generation['state']): Promise<Generation | undefined> {
    return (await this.generations()).find((one) => one.view === view && one.state === state);
  }

  async #change(change: (before: Registry) => Registry | undefined): Promise<Registry | undefined> {
    const after = await changeRegistry(this.#redis, change);
    if (after === undefined) return undefined;
    this.#know(after);
    if (after.dropped.length > 0) await this.#clear(after.dropped);
    return after;
  }

  /** Not at once: whoever reads one that is gone does not know it yet. */
  async #clear(dropped: readonly Registered[]): Promise<void> {
    await this.#expire(dropped);
    const isCleared = ({ generation }: Registered): boolean => dropped.some((one) => one.generation === generation);
    await changeRegistry(this.#redis, (before) => ({ ...before, dropped: before.dropped.filter((one) => !isCleared(one)) }));
  }

  async #expire(gone: readonly Pick<Registered, 'view' | 'generation'>[]): Promise<void> {
    const keys = gone.flatMap(({ view, generation }) => keysOf(view, generation));
    await Promise.all(keys.map((key) => this.#redis.pexpire(key, KEPT_FOR_READERS_MS)));
  }

  /** Redis was emptied: that nothing is found there says nothing, and what was live is asked for again. */
  #gone(view: string, generation: number): never {
    this.#liveUntil = 0;
    throw new ViewsUnavailableError(`generation ${generation} of the view ${view} is gone`);
  }

  #know({ generations }: Registry): void {
    this.#live = new Map(generations.filter(({ state }) => state === 'live').map(({ view, generation }) => [view, generation]));
    this.#liveUntil = performance.now() + LIVE_KNOWN_FOR_MS;
  }
}

/** A Redis that says nothing for so long is asked on a new connection. */
const PATIENCE = { maxRetriesPerRequest: 3, commandTimeout: 5_000, socketTimeout: 10_000 };
/** How long a reader may go on with a generation that was replaced: it stays for one step back, and what goes stays longer. */
const LIVE_KNOWN_FOR_MS = 1_000;
const KEPT_FOR_READERS_MS = 60_000;
const A_PAGE = 5_000;

const AFTER_PROMOTION = { live: 'previous', previous: undefined, building: 'building' } as const;

async function answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw new ViewsUnavailableError((error as Error).message);
  }
}

const documentIn = (text: string | null | undefined): object | undefined => (typeof text === 'string' ? (JSON.parse(text) as object) : undefined);
