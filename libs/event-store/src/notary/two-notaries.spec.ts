/** A second projector on the same log, with the same key: each may find a checkpoint there that the other signed. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NOTARY } from '@portal/domain';
import { openEmbeddedStore } from '../embedded/index.js';
import { createStreams } from '../handle/create-streams.js';
import type { EventStore } from '../port.js';
import type { Streams } from '../streams.js';
import { contextOf, counter } from '../testing/counter.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { checkpointDecider, signCheckpoint } from './checkpoint.js';
import { loadKey, publicKeyOf } from './key.js';
import { startNotary, type Notary, type NotaryOptions } from './notary.js';
import { verifyLog } from './verify.js';

const clock = () => new Date('2017-01-20T10:00:00Z');
let store: EventStore;
let streams: Streams;
let first: string;
let second: string;
beforeEach(async () => {
  store = await openEmbeddedStore({ file: join(temporaryFolder(), 'events.db') });
  streams = createStreams(store, { clock });
  [first, second] = [temporaryFolder(), temporaryFolder()];
  loadKey({ file: join(first, 'notary.key'), hasSigned: false });
  copyFileSync(join(first, 'notary.key'), join(second, 'notary.key'));
});
afterEach(() => store.close());

/** With what it remembers of streams its own, as in its own process. */
const start = (folder: string, on: EventStore, often: Pick<NotaryOptions, 'everyEvents' | 'everyMs'>): Promise<Notary> =>
  startNotary(on, { streams: createStreams(store, { clock }), keyFile: join(folder, 'notary.key'), logFile: join(folder, 'notary.jsonl'), ...often });

/** The same log, seen late: one event after another, each when `turn` lets it. */
const late = (turn: () => Promise<unknown>): EventStore => ({
  append: (...given) => store.append(...given),
  readStream: (...given) => store.readStream(...given),
  readAll: (range) => store.readAll(range),
  deleteStream: (stream) => store.deleteStream(stream),
  head: () => store.head(),
  close: () => store.close(),
  subscribe: async function* (range) {
    for await (const message of store.subscribe(range)) {
      if (message.kind !== 'events') yield message;
      else for (const event of message.events) {
        await turn();
        yield { kind: 'events', events: [event], position: event.position };
      }
    }
  },
});

async function record(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await streams.handle(counter, `sum-${n % 3}`, 1, contextOf());
}

/** Rejects when it ends before. */
async function untilSigned(notary: Notary, count: number): Promise<void> {
  let ended: unknown;
  notary.stopped.catch((error: unknown) => (ended = error));
  while ((notary.latestHead()?.count ?? 0) < count) {
    if (ended !== undefined) throw ended;
    await pause(5);
  }
}

const verify = (folder: string) => verifyLog(store, { publicKey: publicKeyOf(join(first, 'notary.key')), logFile: join(folder, 'notary.jsonl') });
const countsIn = (folder: string): readonly number[] =>
  readFileSync(join(folder, 'notary.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { count: number }).count);
const keyOf = (folder: string): KeyObject => createPrivateKey(readFileSync(join(folder, 'notary.key')));

describe('two notaries with one key', () => {
  it.each([
    ['by events', { everyEvents: 7 }],
    ['by time', { everyEvents: 1_000, everyMs: 3 }],
  ])('both go on to the end, whichever is behind, and each journal bears the log out: the second signs %s', async (_, often) => {
    const ahead = await start(first, store, { everyEvents: 5 });
    const behind = await start(second, late(() => pause(2)), often);
    await record(103);
    await behind.stop();
    await ahead.stop();
    expect([ahead.latestHead()?.count, behind.latestHead()?.count]).toEqual([103, 103]);
    for (const folder of [first, second]) {
      expect(await verify(folder)).toMatchObject({ kind: 'intact', head: { count: 103 } });
      const counts = countsIn(folder);
      expect(counts).toEqual([...new Set(counts)].toSorted((a, b) => a - b));
    }
  });

  it('the one that stood still takes over what the other signed, when it has seen the same', async () => {
    const standing = Promise.withResolvers<void>();
    let seen = 0;
    const behind = await start(second, late(() => ((seen += 1) > 4 ? standing.promise : Promise.resolve())), { everyEvents: 3 });
    const ahead = await start(first, store, { everyEvents: 10 });
    await record(29);
    await untilSigned(ahead, 20);
    standing.resolve();
    await untilSigned(behind, 20);
    await ahead.stop();
    await behind.stop();
    expect(countsIn(second)).toContain(20);
    expect(await verify(second)).toMatchObject({ kind: 'intact', head: { count: 29 } });
  });

  it.each([
    ['with another key', () => generateKeyPairSync('ed25519').privateKey, 'the log holds a checkpoint this notary has not signed'],
    ['with this key, over another past', () => keyOf(first), /^what was signed for up to \d{20} is not what the log holds$/],
  ])('one that meets what was signed %s stops', async (_, keyOfForger, said) => {
    const standing = Promise.withResolvers<void>();
    const behind = await start(second, late(() => standing.promise), { everyEvents: 3 });
    await record(6);
    const position = (await store.head())!;
    const forged = signCheckpoint({ position, count: 6, hash: 'f'.repeat(64) }, keyOfForger());
    expect(await streams.handle(checkpointDecider, NOTARY, forged, contextOf())).toMatchObject({ kind: 'recorded' });
    standing.resolve();
    await expect(behind.stopped).rejects.toThrow(said);
  });
});
