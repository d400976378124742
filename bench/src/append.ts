/** What durable appends cost over the SQLite they stand on. */
import { openEmbeddedStore } from '@portal/event-store/embedded';
import type { EventStore, NewEvent } from '@portal/event-store';
import { randomUUID } from 'node:crypto';
import { createLog, encodeRow, markEntered, openBare, type BareLog } from './log-fixture.js';
import { compare, median, nowMs, type Figure } from './measure.js';

const WRITERS = 64;
const EVENTS_EACH = 200;
/** Short turns, often: a disk that changes its mind changes it for both. */
const SINGLE_EVENTS = 300;

/** Both logs stay open over all runs, as a service's does; every run writes streams of its own. */
export async function run(): Promise<readonly Figure[]> {
  const [ourFile, bareFile] = [await createLog(), await createLog()];
  const [store, bare] = [await openEmbeddedStore({ file: ourFile.file }), openBare(bareFile.file)];
  try {
    return [
      await compare({
        name: 'append: 64 concurrent, against SQLite at 64 per commit',
        unit: 'events/s',
        goal: { atLeast: 0.5 },
        runs: 9,
        ours: () => manyWriters(store),
        peer: () => bareCommits(bare, WRITERS * EVENTS_EACH, WRITERS),
      }),
      await compare({
        name: 'append: 64 concurrent, against SQLite at one per commit',
        unit: 'events/s',
        goal: 'reported',
        ours: () => manyWriters(store),
        peer: () => bareCommits(bare, SINGLE_EVENTS, 1),
      }),
      await compare({
        name: 'append: one writer, latency (median), against a bare commit',
        unit: 'ms',
        goal: { atMost: 1.6 },
        runs: 21,
        ours: () => oneWriter(store),
        peer: () => bareLatency(bare),
      }),
    ];
  } finally {
    bare.db.close();
    await store.close();
    await ourFile.remove();
    await bareFile.remove();
  }
}

const newStream = (): string => `markSheet-${randomUUID()}`;
const marks = (count: number): readonly NewEvent[] => Array.from({ length: count }, (_, n) => markEntered(n));

/** Each writer awaits its append before the next, on a stream of its own. Events per second. */
async function manyWriters(store: EventStore): Promise<number> {
  const writers = Array.from({ length: WRITERS }, () => ({
    stream: newStream(),
    events: marks(EVENTS_EACH),
  }));
  const began = nowMs();
  await Promise.all(
    writers.map(async ({ stream, events }) => {
      for (const [n, event] of events.entries()) await append(store, stream, event, n);
    }),
  );
  return perSecond(WRITERS * EVENTS_EACH, began);
}

async function oneWriter(store: EventStore): Promise<number> {
  const stream = newStream();
  const took: number[] = [];
  for (const [n, event] of marks(SINGLE_EVENTS).entries()) {
    const began = nowMs();
    await append(store, stream, event, n);
    took.push(nowMs() - began);
  }
  return median(took);
}

async function append(store: EventStore, stream: string, event: NewEvent, n: number): Promise<void> {
  const { kind } = await store.append(stream, [event], n === 0 ? 'no-stream' : n - 1);
  if (kind !== 'appended') throw new Error(`an append was answered ${kind}`);
}

/** The rows are ready made: the peer does nothing but insert and commit. */
function bareCommits(log: BareLog, count: number, perCommit: number): number {
  const streams = Array.from({ length: WRITERS }, () => log.createStream(newStream()));
  const rows = marks(count).map(encodeRow);
  const began = nowMs();
  for (let n = 0; n < count; n += perCommit) {
    log.begin();
    for (let row = n; row < n + perCommit; row++)
      log.insert(streams[row % WRITERS]!, Math.floor(row / WRITERS), rows[row]!);
    log.commit();
  }
  return perSecond(count, began);
}

function bareLatency(log: BareLog): number {
  const stream = log.createStream(newStream());
  const took = marks(SINGLE_EVENTS)
    .map(encodeRow)
    .map((row, n) => {
      const began = nowMs();
      log.begin();
      log.insert(stream, n, row);
      log.commit();
      return nowMs() - began;
    });
  return median(took);
}

const perSecond = (count: number, began: number): number => (count * 1000) / (nowMs() - began);
