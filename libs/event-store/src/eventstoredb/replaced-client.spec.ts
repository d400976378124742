/** A client that fell silent is replaced, with whatever else it was asked for: nobody takes what it left off for an answer. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { appended, events, eventsOf, freshName } from '../contract-suite/fixtures.js';
import type { EventStore } from '../port.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { startBridge, type Bridge } from './bridge/index.js';
import { openEventStoreDb } from './index.js';

const ANSWER_MS = 400;
const stream = freshName();

let bridge: Bridge;
let store: EventStore;
beforeAll(async () => {
  bridge = await startBridge({ folder: temporaryFolder() });
  store = await openEventStoreDb({ url: bridge.url, answerTimeoutMs: ANSWER_MS });
  appended(await store.append(stream, events(30), 'no-stream'));
});
afterAll(async () => {
  await store.close();
  await bridge.stop();
});

/** What was heard a moment ago excuses a slow answer. */
beforeEach(async () => {
  await store.head();
  await pause(ANSWER_MS + 100);
});

/** Begun a while before the others, on the same client: it is the first to be tired of waiting. */
async function whileOneGivesUp<Found>(read: () => Promise<Found>): Promise<Found> {
  bridge.faults.hang();
  const first = store.head();
  await pause(ANSWER_MS / 2);
  const found = await read();
  await first;
  return found;
}

it('knows where the log ends', async () => {
  const head = await store.head();
  await pause(ANSWER_MS + 100);
  expect(await whileOneGivesUp(() => store.head())).toBe(head);
});

it('reads a stream to its end', async () => {
  expect(await whileOneGivesUp(() => eventsOf(store, stream))).toHaveLength(30);
});

it('reads the log to its end', async () => {
  const ids: string[] = [];
  await whileOneGivesUp(async () => {
    for await (const batch of store.readAll()) ids.push(...batch.map(({ id }) => id));
  });
  expect(ids).toHaveLength(30);
});
