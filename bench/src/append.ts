/** What durable appends cost over the SQLite they stand on. */
import type { EventStore } from '@portal/event-store';
import { createLog, encodeRow, markEntered, openBare, withStore, type BareLog, type EncodedRow } from './log-fixture.js';
import { compare, median, nowMs, type Figure } from './measure.js';

const WRITERS = 64;
const EVENTS_EACH = 200;
const SINGLE_EVENTS = 1_500;

export async function run(): Promise<readonly Figure[]> {
  return [
    await compare({
      name: 'append: 64 concurrent, against SQLite at 64 per commit', unit: 'events/s', goal: { atLeast: 0.5 }, runs: 7,
      ours: () => withStore(manyWriters), peer: () => withBare((log, rows) => bareCommits(log, rows, WRITERS)),
    }),
    await compare({
      name: 'append: 64 concurrent, against SQLite at one per commit', unit: 'events/s', goal: 'reported', runs: 3,
      ours: () => withStore(manyWriters), peer: () => withBare((log, rows) => bareCommits(log, rows.slice(0, SINGLE_EVENTS), 1)),
    }),
    await compare({
      name: 'append: one writer, latency (median), against a bare commit', unit: 'ms', goal: { atMost: 1.6 }, runs: 7,
      ours: () => withStore(oneWriter), peer: () => withBare(bareLatency),
    }),
  ];
}

/** Each writer awaits its append before the next, on a stream of its own. Events per second. */
async function manyWriters(store: EventStore): Promise<number> {
  const events = Array.from({ length: WRITERS * EVENTS_EACH }, (_, n) => markEntered(n));
  const began = nowMs();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; n < EVENTS_EACH; n++) await append(store, `markSheet-${writer}`, events[writer * EVENTS_EACH + n]!, n);
    }),
  );
  return perSecond(events.length, began);
}

async function oneWriter(store: EventStore): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < SINGLE_EVENTS; n++) {
    const event = markEntered(n);
    const began = nowMs();
    await append(store, 'markSheet-1', event, n);
    took.push(nowMs() - began);
  }
  return median(took);
}

async function append(store: EventStore, stream: string, event: ReturnType<typeof markEntered>, n: number): Promise<void> {
  const { kind } = await store.append(stream, [event], n === 0 ? 'no-stream' : n - 1);
  if (kind !== 'appended') throw new Error(`an append was answered ${kind}`);
}

/** The rows are ready made: the peer does nothing but insert and commit. */
async function withBare(work: (log: BareLog, rows: readonly EncodedRow[]) => number): Promise<number> {
  const file = await createLog();
  const log = openBare(file.file);
  const rows = Array.from({ length: WRITERS * EVENTS_EACH }, (_, n) => encodeRow(markEntered(n)));
  try {
    return work(log, rows);
  } finally {
    log.db.close();
    await file.remove();
  }
}

function bareCommits(log: BareLog, rows: readonly EncodedRow[], perCommit: number): number {
  const streams = Array.from({ length: WRITERS }, (_, n) => log.createStream(`markSheet-${n}`));
  const [begin, commit] = [log.db.prepare('BEGIN IMMEDIATE'), log.db.prepare('COMMIT')];
  const began = nowMs();
  for (let n = 0; n < rows.length; n += perCommit) {
    begin.run();
    for (let row = n; row < n + perCommit; row++) log.insert(streams[row % WRITERS]!, Math.floor(row / WRITERS), rows[row]!);
    commit.run();
  }
  return perSecond(rows.length, began);
}

function bareLatency(log: BareLog, rows: readonly EncodedRow[]): number {
  const stream = log.createStream('markSheet-1');
  const [begin, commit] = [log.db.prepare('BEGIN IMMEDIATE'), log.db.prepare('COMMIT')];
  const took = rows.slice(0, SINGLE_EVENTS).map((row, n) => {
    const began = nowMs();
    begin.run();
    log.insert(stream, n, row);
    commit.run();
    return nowMs() - began;
  });
  return median(took);
}

const perSecond = (count: number, began: number): number => (count * 1000) / (nowMs() - began);
