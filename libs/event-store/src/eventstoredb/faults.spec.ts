/** The line fails, the server falls silent, answers twice, dies and comes back: nobody is told what is not so. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { appended, event, events, eventsOf, freshName, isCaughtUp, listen } from '../contract-suite/fixtures.js';
import type { AppendOutcome, EventStore, NewEvent } from '../port.js';
import { StoreUnavailableError } from '../store-unavailable.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { startBridge, type Bridge } from './bridge/index.js';
import { openEventStoreDb, type Trouble } from './index.js';

let bridge: Bridge;
let store: EventStore;
const troubles: Trouble[] = [];
const [appendTimeoutMs, answerTimeoutMs, readTimeoutMs, watchdogMs] = [5_000, 1_500, 2_000, 300];
const patient = { answerTimeoutMs, readTimeoutMs, watchdogMs, onTrouble: (trouble: Trouble) => troubles.push(trouble) };

beforeAll(async () => {
  bridge = await startBridge({ folder: temporaryFolder() });
  store = await openEventStoreDb({ url: bridge.url, appendTimeoutMs, ...patient });
});
afterAll(async () => {
  await store.close();
  await bridge.stop();
});
afterEach(() => {
  troubles.splice(0);
  bridge.faults.thaw();
  bridge.faults.accept();
  bridge.faults.delay(0);
});

it('settles an append whose answer was lost, with another client, and writes it once', async () => {
  const [stream, batch] = [freshName(), events(2)];
  bridge.faults.appends.push('reply-lost');
  expect(appended(await store.append(stream, batch, 'no-stream')).revision).toBe(1);
  expect((await eventsOf(store, stream)).map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
  expect(troubles).toEqual([{ what: 'appends', cause: expect.stringContaining('no answer') }]);
});

it('settles an append that never arrived, and those that were sent behind it, in their order', async () => {
  const stream = freshName();
  bridge.faults.appends.push('request-lost');
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, (_, n) => store.append(stream, [event('Tested', { n })], n === 0 ? 'no-stream' : n - 1)),
  );
  // Those behind it had their answer before: to them the stream was not there.
  expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'conflict', 'conflict', 'conflict']);
  expect(await eventsOf(store, stream)).toHaveLength(1);
});

it('settles an append whose answer was lost among others that are answered, with the same client', async () => {
  const lost = freshName();
  bridge.faults.appends.push('reply-lost');
  const settling = store.append(lost, events(1), 'no-stream');
  let others = 0;
  for (let isSettled = false; !isSettled; others++) {
    appended(await store.append(freshName(), events(1), 'no-stream'));
    isSettled = await Promise.race([settling.then(() => true), pause(20, false)]);
  }
  expect(appended(await settling).revision).toBe(0);
  expect(await eventsOf(store, lost)).toHaveLength(1);
  expect(others).toBeGreaterThan(3);
  expect(troubles).toEqual([]);
});

it('asks again where the server itself does not know', async () => {
  const [stream, batch] = [freshName(), events(2)];
  bridge.faults.appends.push('not-known', 'not-known');
  expect(appended(await store.append(stream, batch, 'no-stream')).revision).toBe(1);
  expect(await eventsOf(store, stream)).toHaveLength(2);
  expect(troubles).toEqual([]);
});

it('takes no harm from an answer that comes twice', async () => {
  bridge.faults.appends.push('duplicate-reply', 'duplicate-reply');
  for (let n = 0; n < 4; n++) appended(await store.append(freshName(), events(1), 'no-stream'));
  expect(troubles).toEqual([]);
});

it('would have died of it with the append of the client itself', async () => {
  bridge.faults.appends.push('duplicate-reply');
  const script = `import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
    const client = EventStoreDBClient.connectionString(process.argv[1]);
    await client.appendToStream('control', [jsonEvent({ type: 'Tested', data: {} })]);
    setTimeout(() => {}, 500);`;
  const died = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, bridge.url]);
  await expect(died).rejects.toThrow('undefined is not iterable');
});

it('never shows a malformed append to the client', async () => {
  const before = bridge.appendCount;
  const malformed = [{ ...event(), id: 'not-a-uuid' }, { ...event(), type: '' }, { ...event(), data: { x: 'x'.repeat(1_100_000) } }];
  for (const one of malformed) await expect(store.append(freshName(), [one], 'no-stream')).rejects.toThrow('');
  expect(bridge.appendCount).toBe(before);
});

it('says unknown of an append to a frozen server in its time, and tells when asked again', async () => {
  const [stream, batch] = [freshName(), events(1)];
  bridge.faults.freeze();
  const began = performance.now();
  expect(await store.append(stream, batch, 'no-stream')).toEqual({ kind: 'unknown', cause: expect.any(String) });
  const tookMs = performance.now() - began;
  expect(tookMs).toBeGreaterThan(appendTimeoutMs - 50);
  expect(tookMs).toBeLessThan(4 * appendTimeoutMs);
  bridge.faults.thaw();
  expect(appended(await store.append(stream, batch, 'no-stream')).revision).toBe(0);
  expect(await eventsOf(store, stream)).toHaveLength(1);
});

it('gives up a read of a frozen server in its time, and reads again afterwards', async () => {
  const stream = freshName();
  await store.append(stream, events(1), 'no-stream');
  bridge.faults.freeze();
  const began = performance.now();
  await expect(store.readStream(stream)).rejects.toThrow(StoreUnavailableError);
  expect(performance.now() - began).toBeLessThan(10 * readTimeoutMs);
  bridge.faults.thaw();
  expect(await eventsOf(store, stream)).toHaveLength(1);
});

it('waits for a server that is away as long as an append may take, and no longer', async () => {
  const [stream, batch] = [freshName(), events(1)];
  bridge.faults.refuse();
  const short = store.append(stream, batch, 'no-stream');
  await pause(500);
  bridge.faults.accept();
  expect((await short).kind).toBe('appended');
  bridge.faults.refuse();
  expect((await store.append(stream, events(1), 0)).kind).toBe('unknown');
});

it('is slow over a slow line, and right', async () => {
  bridge.faults.delay(100);
  const stream = freshName();
  for (let n = 0; n < 3; n++) appended(await store.append(stream, events(1), n === 0 ? 'no-stream' : n - 1));
  expect(await eventsOf(store, stream)).toHaveLength(3);
  expect(troubles).toEqual([]);
});

it.each([
  ['cut again and again', () => bridge.faults.drop()],
  ['hung up, one client after another', () => bridge.faults.hang()],
  ['killed and restarted', () => bridge.restart()],
])('loses nothing, repeats nothing and keeps the order under load: %s', async (_, disturb) => {
  const calm = await openEventStoreDb({ url: bridge.url, appendTimeoutMs: 15_000, ...patient });
  const writers = Array.from({ length: 20 }, () => write(calm, freshName('load')));
  for (let n = 0; n < 4; n++) {
    await pause(150);
    await disturb();
  }
  // Each goes on after it was disturbed.
  while (writers.some(({ count }) => count() < 3)) await pause(50);
  const written = await Promise.all(writers.map(({ stop }) => stop()));
  for (const { stream, ids } of written) expect((await eventsOf(calm, stream)).map(({ id }) => id)).toEqual(ids);
  await calm.close();
});

it.each([
  ['the line is cut', () => bridge.faults.drop()],
  ['it hears nothing any more on a line that stands', () => bridge.faults.hang()],
  ['the server is killed and restarted', () => bridge.restart()],
])('goes on with a subscription without gap or repeat when %s', async (_, disturb) => {
  const prefix = freshName();
  const listening = listen(store, { streamPrefixes: [prefix] });
  await listening.until(isCaughtUp);
  for (let n = 0; n < 30; n++) {
    if (n % 10 === 5) await disturb();
    appended(await store.append(`${prefix}-${n}`, [event('Tested', { n })], 'no-stream'));
  }
  await listening.until(() => listening.events().length >= 30);
  await listening.stop();
  expect(listening.events().map(({ data }) => data['n'])).toEqual(Array.from({ length: 30 }, (_unused, n) => n));
  expect(listening.messages.filter(({ kind }) => kind === 'caught-up')).toHaveLength(1);
});

/** Writes to one stream until it is stopped; asks again for as long as it is answered "unknown". */
function write(to: EventStore, stream: string): { readonly count: () => number; readonly stop: () => Promise<{ readonly stream: string; readonly ids: readonly string[] }> } {
  const ids: string[] = [];
  let stopped = false;
  const settle = async (next: NewEvent, n: number): Promise<AppendOutcome> => {
    for (;;) {
      const outcome = await to.append(stream, [next], n === 0 ? 'no-stream' : n - 1);
      if (outcome.kind !== 'unknown') return outcome;
    }
  };
  const writing = (async () => {
    for (let n = 0; !stopped; n++) {
      const next = event('Tested', { n });
      appended(await settle(next, n));
      ids.push(next.id);
    }
  })();
  return {
    count: () => ids.length,
    stop: async () => {
      stopped = true;
      await writing;
      return { stream, ids };
    },
  };
}
