import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hashEvent, NO_PREVIOUS, RecentHashes } from '../chain.js';
import { all } from '../contract-suite/fixtures.js';
import { openEmbeddedStore } from '../embedded/index.js';
import type { EventStore, RecordedEvent } from '../port.js';
import type { Streams } from '../streams.js';
import { createStreams } from '../handle/create-streams.js';
import { contextOf, counter } from '../testing/counter.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { NotaryKeyError, publicKeyOf } from './key.js';
import { startNotary, type Notary } from './notary.js';
import { verifyLog, type Verification } from './verify.js';

interface Place {
  readonly file: string;
  readonly keyFile: string;
  readonly logFile: string;
}

function newPlace(): Place {
  const folder = temporaryFolder();
  return {
    file: join(folder, 'events.db'),
    keyFile: join(folder, 'notary.key'),
    logFile: join(folder, 'notary.jsonl'),
  };
}

/** A log of its own, open while `work` runs. */
async function withLog<Result>(
  place: Place,
  work: (store: EventStore, streams: Streams) => Promise<Result>,
): Promise<Result> {
  const store = await openEmbeddedStore({ file: place.file });
  try {
    return await work(store, createStreams(store, { clock: () => new Date('2017-01-20T10:00:00Z') }));
  } finally {
    await store.close();
  }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

async function record(streams: Streams, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await streams.handle(counter, `sum-${n % 3}`, 1, contextOf());
}

const signedCount = (notary: Notary, count: number) => until(() => notary.latestHead()?.count === count);

/** 12 events in three streams, signed for after 5 and 10; then two more, signed for at the end. */
async function signedLog(): Promise<Place> {
  const place = newPlace();
  await withLog(place, async (store, streams) => {
    const notary = await startNotary(store, { ...place, streams, everyEvents: 5 });
    await record(streams, 12);
    await signedCount(notary, 10);
    await notary.stop();
  });
  return place;
}

const verify = ({ file, keyFile, logFile }: Place): Promise<Verification> =>
  withLog({ file, keyFile, logFile }, (store) =>
    verifyLog(store, { publicKey: publicKeyOf(keyFile), logFile }),
  );

function tamper({ file }: Place, sql: string, ...values: (string | number)[]): void {
  const db = new DatabaseSync(file);
  db.prepare(sql).run(...values);
  db.close();
}

const at = (row: number): string => String(row).padStart(20, '0');

/** Row of the n-th event that is not the notary's. */
async function rowOf(place: Place, n: number): Promise<number> {
  const events = await withLog(place, (store) => all(store, { filter: { streamPrefixes: ['sum-'] } }));
  return Number(events[n]?.position);
}

describe('notary', () => {
  it('signs the same where the hashes of what was recorded are told', async () => {
    const place = newPlace();
    await withLog(place, async (store) => {
      const hashes = new RecentHashes();
      const streams = createStreams(store, { clock: () => new Date('2017-01-20T10:00:00Z'), hashes });
      const notary = await startNotary(store, { ...place, streams, hashes, everyEvents: 5 });
      await record(streams, 12);
      await notary.stop();
    });
    expect(await verify(place)).toMatchObject({ kind: 'intact' });
  });

  it("signs every so many events and at the end, in the log and beside it; the key is its owner's alone", async () => {
    const place = await signedLog();
    const lines = readFileSync(place.logFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { count: number });
    expect(lines.map((line) => line.count)).toEqual([5, 10, 12]);
    expect(statSync(place.keyFile).mode & 0o777).toBe(0o600);
    expect(await verify(place)).toMatchObject({
      kind: 'intact',
      events: 15,
      checkpoints: 3,
      head: { count: 12 },
    });
  });

  it('goes on after a restart where it was, signs by time, only when something new was recorded, and never for a person', async () => {
    const place = await signedLog();
    await withLog(place, async (store, streams) => {
      const notary = await startNotary(store, { ...place, streams, everyMs: 20 });
      expect(notary.latestHead()?.count).toBe(12);
      await streams.handle(counter, 'candidate-1', 1, contextOf());
      await streams.handle(counter, 'person-1', 1, contextOf());
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(notary.latestHead()?.count).toBe(12);
      await record(streams, 1);
      await signedCount(notary, 13);
      await store.deleteStream('candidate-1');
      await notary.stop();
    });
    expect(await verify(place)).toMatchObject({ kind: 'intact', checkpoints: 4 });
  });

  it('writes the line that a crash left out', async () => {
    const place = await signedLog();
    const text = readFileSync(place.logFile, 'utf8');
    writeFileSync(place.logFile, text.split('\n').slice(0, 2).join('\n') + '\n');
    await withLog(place, async (store, streams) => (await startNotary(store, { ...place, streams })).stop());
    expect(readFileSync(place.logFile, 'utf8')).toBe(text);
  });

  it.each([1, 20])('starts again and again after the last %d bytes of its journal were lost, and the log is intact', async (bytes) => {
    const place = await signedLog();
    const text = readFileSync(place.logFile, 'utf8');
    truncateSync(place.logFile, text.length - bytes);
    expect(await verify(place)).toMatchObject({ kind: 'intact', checkpoints: 3 });
    for (let start = 0; start < 3; start++) {
      await withLog(place, async (store, streams) => (await startNotary(store, { ...place, streams })).stop());
      expect(readFileSync(place.logFile, 'utf8')).toBe(text);
    }
    expect(await verify(place)).toMatchObject({ kind: 'intact', checkpoints: 3 });
  });

  it('refuses a key that is not the one of the log', async () => {
    const place = await signedLog();
    const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(place.keyFile, other);
    await withLog(place, (store, streams) =>
      expect(startNotary(store, { ...place, streams })).rejects.toThrow(new NotaryKeyError(`the last checkpoint of the log was not signed with ${place.keyFile}`)),
    );
    writeFileSync(place.keyFile, 'no key');
    await withLog(place, (store, streams) =>
      expect(startNotary(store, { ...place, streams })).rejects.toThrow(/notary.key holds no private key$/),
    );
    rmSync(place.keyFile);
    await withLog(place, (store, streams) =>
      expect(startNotary(store, { ...place, streams })).rejects.toThrow(/notary.key is missing, and the log was signed with it$/),
    );
    expect(existsSync(place.keyFile)).toBe(false);
  });
});

describe('verify names the first bad position', () => {
  it('of an event that was altered', async () => {
    const place = await signedLog();
    const row = await rowOf(place, 4);
    tamper(place, `UPDATE events SET data = '{"n":2}' WHERE position = ?`, row);
    expect(await verify(place)).toMatchObject({
      kind: 'broken',
      problem: 'event-altered',
      position: at(row),
    });
  });

  it('after an event that was taken out', async () => {
    const place = await signedLog();
    const [row, next] = [await rowOf(place, 3), await rowOf(place, 6)];
    tamper(place, 'DELETE FROM events WHERE position = ?', row);
    expect(await verify(place)).toMatchObject({
      kind: 'broken',
      problem: 'event-missing',
      position: at(next),
    });
  });

  it('where the last event of a stream was altered: no successor contradicts it, a checkpoint does', async () => {
    const place = await signedLog();
    const row = await rowOf(place, 11);
    tamper(place, `UPDATE events SET metadata = replace(metadata, 'acc-1', 'acc-2') WHERE position = ?`, row);
    expect(await verify(place)).toMatchObject({
      kind: 'broken',
      problem: 'log-altered',
      position: at(await rowOf(place, 10)),
    });
  });

  it('where a whole stream was rewritten so that its chain holds', async () => {
    const place = await signedLog();
    await rewriteStream(place, 'sum-1');
    expect(await verify(place)).toMatchObject({
      kind: 'broken',
      problem: 'log-altered',
      position: at(await rowOf(place, 0)),
    });
  });

  it('where the end of the log was cut off, checkpoints and all', async () => {
    const place = await signedLog();
    tamper(place, 'DELETE FROM events WHERE position > ?', await rowOf(place, 9));
    expect(await verify(place)).toMatchObject({ kind: 'broken', problem: 'log-cut-off' });
  });

  it('of a checkpoint that was altered', async () => {
    const place = await signedLog();
    tamper(
      place,
      `UPDATE events SET data = replace(data, '"count":5', '"count":4') WHERE type = 'CheckpointSigned'`,
    );
    expect(await verify(place)).toMatchObject({ kind: 'broken', problem: 'checkpoint-altered' });
  });
});

/** What somebody with the file, the code and without the key can do. */
async function rewriteStream(place: Place, stream: string): Promise<void> {
  const read = await withLog(place, (store) => store.readStream(stream));
  let prevHash = NO_PREVIOUS;
  for (const event of read.kind === 'found' ? read.events : []) {
    const forged: RecordedEvent = { ...event, data: { n: 2 }, metadata: { ...event.metadata, prevHash } };
    tamper(
      place,
      'UPDATE events SET data = ?, metadata = ? WHERE position = ?',
      JSON.stringify(forged.data),
      JSON.stringify(forged.metadata),
      Number(event.position),
    );
    prevHash = hashEvent(forged);
  }
}
