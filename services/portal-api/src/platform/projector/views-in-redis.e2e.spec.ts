import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VIEWS, type View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import type { Redis } from 'ioredis';
import { startRedis, type RedisServer } from '../../testing/redis-server.js';
import { log } from '../logging.js';
import { connectRedis } from '../redis.js';
import { keysOf, LEASE } from '../view-store/redis/keys.js';
import { RedisViewStore } from '../view-store/redis/redis-view-store.js';
import { Projector } from './projector.js';
import { ViewReader } from './reader.js';
import { allDifferences, listed, live, reachHead, sheet } from './testing.js';

let folder: string;
let events: EventStore;
let redis: RedisServer;
let cleanUp: (() => Promise<unknown> | void)[];

beforeEach(async () => {
  log.level = 'silent';
  folder = mkdtempSync(join(tmpdir(), 'portal-projector-'));
  events = await openEmbeddedStore({ file: join(folder, 'events.db') });
  redis = await startRedis({ folder });
  cleanUp = [];
});

afterEach(async () => {
  for (const work of cleanUp.reverse()) await work();
  await redis.stop();
  await events.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<RedisViewStore> {
  const store = await RedisViewStore.open(redis.url);
  cleanUp.push(() => store.close());
  return store;
}

async function projecting(views: readonly View[] = VIEWS, store?: RedisViewStore): Promise<Projector> {
  const projector = new Projector(events, store ?? (await open()), views);
  await projector.start();
  cleanUp.push(() => projector.stop());
  return projector;
}

async function reading(): Promise<ViewReader> {
  const reader = new ViewReader(events, await open(), VIEWS);
  await reader.start();
  cleanUp.push(() => reader.stop());
  return reader;
}

const PATIENCE_MS = 60_000;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await pause(20)) if (Date.now() > end) throw new Error('it never came');
}

const head = async (): Promise<string> => (await events.head()) as string;

async function sheets(first: number, count: number, restMs = 0): Promise<void> {
  for (let centre = first; centre < first + count; centre++) {
    await sheet(events, String(centre));
    if (restMs > 0) await pause(restMs);
  }
}

describe('views in Redis come out as a plain fold', () => {
  it('where two project at once, and begin at once', async () => {
    await sheets(68101, 5);
    const [first, second] = await Promise.all([projecting(), projecting()]);
    await sheets(68111, 40, 5);
    await Promise.all([reachHead(events, first), reachHead(events, second)]);
    const store = await open();
    expect(await allDifferences(events, store)).toEqual([]);
    // The second found what the first had built.
    expect((await store.generations()).every(({ state }) => state === 'live')).toBe(true);
  });

  it('where one rebuilds what another follows, and steps back', async () => {
    await sheets(68101, 5);
    const [first, second] = await Promise.all([projecting(), projecting()]);
    const marking = sheets(68111, 60, 10);
    await second.rebuild(VIEWS.map(({ name }) => name));
    await first.rebuild(['mark-sheets']);
    expect(await second.rollBack('mark-sheets')).toBe(true);
    await marking;
    await Promise.all([reachHead(events, first), reachHead(events, second)]);
    expect(await allDifferences(events, await open())).toEqual([]);
  });

  it('where Redis is emptied, and readers say so until they are there again', async () => {
    await sheets(68101, 10);
    const projector = await projecting();
    const reader = await reading();
    const admin = connectRedis(redis.url, { name: 'test' });
    cleanUp.push(() => admin.disconnect());
    // Nobody builds them again before the reader has looked.
    await admin.multi().flushall().set(LEASE, 'test').exec();
    await until(() => !reader.progress.health().caughtUp);
    expect(reader.progress.health().lastError).toContain('is not there');
    await admin.del(LEASE);
    await until(() => reader.progress.health().caughtUp);
    await sheets(68121, 5);
    await reachHead(events, projector);
    expect(await reader.progress.reach(await head(), PATIENCE_MS)).toBe(true);
    expect(await allDifferences(events, await open())).toEqual([]);
  });

  it('where Redis is killed under load, and has lost its last moments', async () => {
    await sheets(68101, 5);
    const projector = await projecting();
    const reader = await reading();
    for (let round = 0; round < 2; round++) {
      const marking = sheets(68200 + 100 * round, 40, 5);
      await pause(100);
      await redis.kill();
      await redis.restart();
      await marking;
      while (!(await projector.progress.reach(await head(), 5_000))) await pause(20);
      expect(await reader.progress.reach(await head(), PATIENCE_MS)).toBe(true);
    }
    expect(await allDifferences(events, await open())).toEqual([]);
  });
});

/** Every second kind of document is enough: each view goes through the same steps. */
const SOME = VIEWS.filter(({ name }) => ['mark-sheets', 'emi-summary', 'candidate-names'].includes(name));

/** As of a process that was killed: from the command on after so many, nothing is sent and nothing is answered. */
function mortal(client: Redis, commands: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const send = client.sendCommand.bind(client);
  let left = commands;
  client.sendCommand = (...given) => {
    if (left-- > 0) return send(...given);
    resolve();
    return new Promise(() => undefined);
  };
  return promise;
}

describe('a projector that is killed between any two steps', () => {
  it('leaves what the next one goes on with', async () => {
    await sheets(68101, 3);
    let centre = 68200;
    let steps = 0;
    let marking: Promise<void> = Promise.resolve();
    for (let isOver = false; !isOver; steps += 3) {
      const client = connectRedis(redis.url, { name: 'mortal' });
      await client.flushall();
      const killed = mortal(client, steps);
      const projector = new Projector(events, new RedisViewStore(redis.url, client), SOME);
      const life = async (): Promise<boolean> => {
        await projector.start();
        await (marking = sheet(events, String((centre += 1))));
        await reachHead(events, projector);
        await projector.rebuild(['mark-sheets']);
        await projector.rollBack('mark-sheets');
        await projector.stop();
        return true;
      };
      isOver = await Promise.race([life(), killed.then(() => false)]);
      client.disconnect();
      // Whoever marks is not killed with it.
      await marking;
      await afterwards();
    }
    expect(steps).toBeGreaterThan(60);
  });

  /** Sooner than its lease ends. */
  async function afterwards(): Promise<void> {
    const client = connectRedis(redis.url, { name: 'test' });
    await client.del(LEASE);
    const store = new RedisViewStore(redis.url, client);
    const next = new Projector(events, store, SOME);
    await next.start();
    await reachHead(events, next);
    expect(await allDifferences(events, store, SOME)).toEqual([]);
    expect((await store.generations()).filter(({ state }) => state === 'building')).toEqual([]);
    await next.stop();
    await store.close();
  }
});

it('what another process discards while it is built leaves nothing without an end', async () => {
  const [store, other] = [await open(), await open()];
  const begun = await store.begin('counts', 1);
  await other.discard(begun);
  await store.advance([{ generation: begun, to: '1'.padStart(20, '0'), lastEvent: 'an-event', documents: new Map([['a', { n: 1 }]]) }]);
  const admin = connectRedis(redis.url, { name: 'test' });
  cleanUp.push(() => admin.disconnect());
  const kept = await Promise.all(keysOf('counts', begun.generation).map((key) => admin.pttl(key)));
  expect(kept.filter((ms) => ms > 0 && ms <= 60_000)).toHaveLength(4);
});

describe('a process that only reads', () => {
  it('sees what another wrote, at once and without asking', async () => {
    await projecting();
    const reader = await reading();
    const rung: string[] = [];
    reader.progress.onMoved((position) => rung.push(position));
    await sheets(68101, 1);
    expect(await reader.progress.reach(await head(), PATIENCE_MS)).toBe(true);
    // It looks no more by itself: from here on there is only the ring.
    await reader.stop();
    await sheets(68111, 1);
    await until(async () => rung.at(-1) === (await head()));
    expect(reader.progress.health()).toEqual({ position: await head(), caughtUp: true, lastError: undefined });
  });

  it('sees it also where the ring was lost', async () => {
    const store = await open();
    const projector = await projecting(VIEWS, store);
    const reader = await reading();
    const admin = connectRedis(redis.url, { name: 'test' });
    cleanUp.push(() => admin.disconnect());
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await sheets(68101, 1);
    await reachHead(events, projector);
    expect(await reader.progress.reach(await head(), PATIENCE_MS)).toBe(true);
  });

  it('never sees a view that is half there, whatever is swapped', async () => {
    await sheets(68101, 10);
    const [projector, store] = [await projecting(), await open()];
    const seen = new Set<number>();
    let isOver = false;
    const looking = (async () => {
      while (!isOver) seen.add((await store.list('mark-sheets', (await store.liveNumber('mark-sheets')) as number, '')).length);
    })();
    for (let round = 0; round < 2; round++) {
      await projector.rebuild(['mark-sheets']);
      await projector.rollBack('mark-sheets');
    }
    await pause(1_200);
    isOver = true;
    await looking;
    expect([[...seen], (await listed(store, 'mark-sheets')).length, (await live(store, 'mark-sheets')).state]).toEqual([[10], 10, 'live']);
  });
});
