/** The log goes back to an older copy while a projector and readers run: nobody says ready over what is not in it. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VIEWS } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { openEventStoreDb } from '@portal/event-store/eventstoredb';
import { startBridgeProcess, type BridgeProcess } from '@portal/event-store/testing';
import { startRedis, type RedisServer } from '../../testing/redis-server.js';
import { log } from '../logging.js';
import { RedisViewStore } from '../view-store/redis/redis-view-store.js';
import { FOREIGN } from './last-event.js';
import type { ViewProgress } from './progress.js';
import { Projector } from './projector.js';
import { ViewReader } from './reader.js';
import { allDifferences, reachHead, sheet } from './testing.js';

let folder: string;
let bridge: BridgeProcess;
let redis: RedisServer;
let cleanUp: (() => Promise<unknown>)[];
const [own, copy] = ['log', 'copy'];
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  log.level = 'silent';
  folder = mkdtempSync(join(tmpdir(), 'portal-older-'));
  for (const name of [own, 'redis']) mkdirSync(at(name));
  bridge = await startBridgeProcess({ folder: at(own) });
  redis = await startRedis({ folder: at('redis') });
  cleanUp = [];
});
afterEach(async () => {
  for (const work of cleanUp.reverse()) await work();
  await redis.stop();
  await bridge.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As another process has it. */
async function connected(url = bridge.url): Promise<EventStore> {
  const events = await openEventStoreDb({ url, answerTimeoutMs: 1_000, watchdogMs: 500 });
  cleanUp.push(() => events.close());
  return events;
}

async function viewStore(): Promise<RedisViewStore> {
  const store = await RedisViewStore.open(redis.url);
  cleanUp.push(() => store.close());
  return store;
}

async function begun<Kind extends Projector | ViewReader>(kind: Kind): Promise<Kind> {
  await kind.start();
  cleanUp.push(() => kind.stop());
  return kind;
}

/** What another process wrote into the copy, before it is put back. */
async function growCopy(centres: readonly number[]): Promise<void> {
  const other = await startBridgeProcess({ folder: at(copy) });
  const events = await openEventStoreDb({ url: other.url });
  for (const centre of centres) await sheet(events, String(centre));
  await events.close();
  await other.stop();
}

async function copyLog(): Promise<void> {
  await bridge.kill();
  cpSync(at(own), at(copy), { recursive: true });
  await bridge.restart();
}

async function putBack(): Promise<void> {
  await bridge.kill();
  rmSync(at(own), { recursive: true });
  cpSync(at(copy), at(own), { recursive: true });
  await bridge.restart();
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(5);
};
const isReady = (progress: ViewProgress): boolean => progress.health().caughtUp;

it.each([
  ['ends before', []],
  ['ends where they do', [3]],
  ['has grown past them', [3, 4, 5]],
])('views are built again by the projector that runs, and are not read meanwhile, where the log %s', async (_, centres) => {
  const events = await connected();
  await sheet(events, '1');
  await copyLog();
  await growCopy(centres);
  const projector = await begun(new Projector(events, await viewStore(), VIEWS));
  await sheet(events, '2');
  await reachHead(events, projector);
  const reader = await begun(new ViewReader(await connected(), await viewStore(), VIEWS));
  await until(() => isReady(reader.progress) && isReady(projector.progress));

  await putBack();
  // Whichever sees it first; the other may find them built again already.
  await until(() => [projector.progress, reader.progress].some((progress) => progress.isLost && !isReady(progress)));
  await until(() => isReady(projector.progress) && isReady(reader.progress));
  const store = await viewStore();
  await sheet(await connected(), '6');
  await reachHead(events, projector);
  expect(await allDifferences(events, store)).toEqual([]);
  await until(() => reader.progress.health().position === projector.progress.health().position);
  expect([isReady(projector.progress), isReady(reader.progress)]).toEqual([true, true]);
});

it('a reader says so for as long as no projector runs, also one that is started then', async () => {
  const events = await connected();
  await sheet(events, '1');
  await copyLog();
  const projector = await begun(new Projector(events, await viewStore(), VIEWS));
  await sheet(events, '2');
  await reachHead(events, projector);
  await projector.stop();
  const reader = await begun(new ViewReader(await connected(), await viewStore(), VIEWS));
  expect(isReady(reader.progress)).toBe(true);
  await putBack();
  await until(() => reader.progress.isLost);
  const later = await begun(new ViewReader(await connected(), await viewStore(), VIEWS));
  for (const { progress } of [reader, later]) {
    expect(progress.health()).toMatchObject({ caughtUp: false, position: undefined, lastError: `Error: ${FOREIGN}` });
  }
  await begun(new Projector(await connected(), await viewStore(), VIEWS));
  await until(() => isReady(reader.progress) && isReady(later.progress));
  expect(await allDifferences(events, await viewStore())).toEqual([]);
});
