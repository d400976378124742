/** Encrypted, with a user, and spread over several nodes: as in production. */
import { afterEach, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { appended, event, events, eventsOf, freshName, isCaughtUp, listen } from '../contract-suite/fixtures.js';
import { StoreUnavailableError } from '../store-unavailable.js';
import { selfSigned } from '../testing/certificate.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { startBridge, type Bridge, type BridgeOptions } from './bridge/index.js';
import { openEventStoreDb } from './index.js';

const credentials = { username: 'portal', password: 'pa:ss/w@rd' };
const brief = { appendTimeoutMs: 3_000, answerTimeoutMs: 800, readTimeoutMs: 3_000, watchdogMs: 300 };
/** For those that will not be answered. */
const hasty = { ...brief, readTimeoutMs: 500 };
const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

async function bridgeWith(options: Omit<BridgeOptions, 'folder'> & { readonly folder?: string } = {}): Promise<Bridge> {
  const bridge = await startBridge({ folder: temporaryFolder(), ...options });
  cleanUp.push(() => bridge.stop());
  return bridge;
}

async function open(url: string, more: object = {}) {
  const store = await openEventStoreDb({ url, ...brief, ...more });
  cleanUp.push(() => store.close());
  return store;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('speaks over TLS, as the user it was given, and keeps the order of appends that do not wait', async () => {
  const tls = selfSigned();
  const authority = join(temporaryFolder(), 'ca.pem');
  writeFileSync(authority, tls.certificate);
  const bridge = await bridgeWith({ tls, credentials });
  const onItsName = bridge.url.replace('127.0.0.1', 'localhost');
  const url = `${onItsName}&tlsCAFile=${encodeURIComponent(authority)}`;
  const store = await open(url, credentials);
  const stream = freshName();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) => store.append(stream, [event('Tested', { n })], n === 0 ? 'no-stream' : n - 1)),
  );
  expect(outcomes.every(({ kind }) => kind === 'appended')).toBe(true);
  expect((await eventsOf(store, stream)).map(({ data }) => data['n'])).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(await store.deleteStream(stream)).toBe('deleted');
  await expect(openEventStoreDb({ url, username: 'portal', password: 'wrong', ...brief })).rejects.toThrow(
    'the event store refuses: 16 UNAUTHENTICATED: Authentication failed.',
  );
  // Without the authority, or in plain text, there is no server.
  await expect(openEventStoreDb({ url: onItsName, ...credentials, ...hasty })).rejects.toThrow(StoreUnavailableError);
  await expect(openEventStoreDb({ url: onItsName.replace('true', 'false'), ...hasty })).rejects.toThrow(StoreUnavailableError);
});

it('finds the leader through gossip, past a node that is dead and one that follows', async () => {
  const [dead, leaderPort] = [await freePort(), await freePort()];
  const follower = await bridgeWith({ leader: { address: '127.0.0.1', port: leaderPort } });
  const leader = await bridgeWith({ port: leaderPort });
  const store = await open(`esdb://127.0.0.1:${dead},127.0.0.1:${follower.port}?tls=false`);
  appended(await store.append(freshName(), events(3), 'no-stream'));
  expect([leader.appendCount, follower.appendCount]).toEqual([1, 0]);
});

it('goes on to the leader when the node it was given is none', async () => {
  const leader = await bridgeWith();
  const follower = await bridgeWith({ leader: { address: '127.0.0.1', port: leader.port } });
  const store = await open(follower.url);
  const stream = freshName();
  appended(await store.append(stream, events(2), 'no-stream'));
  appended(await store.append(stream, events(1), 1));
  expect(await eventsOf(store, stream)).toHaveLength(3);
  expect([leader.appendCount, follower.appendCount]).toEqual([2, 0]);
});

it('finds the next leader when one dies: appends, reads and subscription go on', async () => {
  const [first, second] = [await freePort(), await freePort()];
  const folder = temporaryFolder();
  const isLeader = { address: '127.0.0.1', isLeader: true, isAlive: true };
  const dying = await startBridge({ folder, port: first, members: [{ ...isLeader, port: first }] });
  const store = await open(`esdb://127.0.0.1:${first},127.0.0.1:${second}?tls=false`, { appendTimeoutMs: 10_000, readTimeoutMs: 10_000 });
  const stream = freshName();
  const listening = listen(store, { streamPrefixes: [stream] });
  appended(await store.append(stream, events(1), 'no-stream'));
  await listening.until(isCaughtUp);
  await dying.stop();
  const going = store.append(stream, events(1), 0);
  // A cluster has copied the log; here the next leader takes the same one over.
  await bridgeWith({ folder, port: second });
  expect(appended(await going).revision).toBe(1);
  expect(await eventsOf(store, stream)).toHaveLength(2);
  await listening.until(() => listening.events().length === 2);
  await listening.stop();
});

it('says in one line that there is no server', async () => {
  const url = `esdb://user:top-secret@127.0.0.1:${await freePort()}?tls=false`;
  const failure = await openEventStoreDb({ url, ...hasty }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreUnavailableError);
  expect(String(failure)).toMatch(/^StoreUnavailableError: the event store does not answer: .*ECONNREFUSED/);
  expect(String(failure)).not.toContain('top-secret');
});

it('takes a log that holds nothing but the system’s own for an empty one', async () => {
  const bridge = await bridgeWith();
  const client = EventStoreDBClient.connectionString(bridge.url);
  await client.appendToStream('$stats', [jsonEvent({ type: '$statsCollected', data: {} }), jsonEvent({ type: 'Probed', data: {} })]);
  const store = await open(bridge.url);
  expect(await store.head()).toBeUndefined();
  const { positions } = appended(await store.append(freshName(), events(1), 'no-stream'));
  await client.appendToStream('$stats', [jsonEvent({ type: '$statsCollected', data: {} })]);
  expect(await store.head()).toBe(positions[0]);
  const listening = listen(store, undefined);
  await listening.until(isCaughtUp);
  await listening.stop();
  expect(listening.events()).toHaveLength(1);
  expect(listening.messages.at(-1)).toEqual({ kind: 'caught-up', position: positions[0] });
  await client.dispose();
});

it('refuses a position from another log: between two events, and beyond the end', async () => {
  const store = await open((await bridgeWith()).url);
  const { positions } = appended(await store.append(freshName(), events(2), 'no-stream'));
  const first = async (after: string) => {
    for await (const message of store.subscribe({ after })) return message;
    return undefined;
  };
  const [commit = ''] = positions[0]!.split('/');
  const between = String(Number(commit) + 1).padStart(20, '0');
  await expect(first(`${between}/${between}`)).rejects.toThrow(RangeError);
  await expect(first(`${'9'.repeat(20)}/${'9'.repeat(20)}`)).rejects.toThrow(RangeError);
  await expect(first('7')).rejects.toThrow(RangeError);
  const reading = (async () => { for await (const batch of store.readAll({ after: `${between}/${between}` })) return batch; return []; })();
  await expect(reading).rejects.toThrow(RangeError);
  expect(await first(positions[0]!)).toMatchObject({ kind: 'events' });
});
