/**
 * Reading the log over EventStoreDB's protocol, against the bare client reading the same log from the same server, which
 * is a process of its own. What the client does for each event bounds both.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, START } from '@eventstore/db-client';
import { VIEWS } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { openEventStoreDb } from '@portal/event-store/eventstoredb';
import { startBridgeProcess } from '@portal/event-store/testing';
import { buildGenerations, SqliteViewStore } from '@portal/portal-api';
import { compare, nowMs, type Figure } from '../measure.js';
import { sheetOf } from '../rebuild.js';

const SHEETS = 700;
const SHEETS_AT_ONCE = 20;

export async function run(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-bench-'));
  const bridge = await startBridgeProcess({ folder });
  // A busy machine may keep an answer waiting longer than in service.
  const store = await openEventStoreDb({ url: bridge.url, answerTimeoutMs: 10_000, appendTimeoutMs: 60_000, readTimeoutMs: 60_000 });
  const client = EventStoreDBClient.connectionString(bridge.url);
  try {
    const expected = await fill(store);
    const peer = (): Promise<number> => timed(expected, () => readBare(client));
    return [
      await compare({
        name: `event store: ${expected} events read over the port, against the bare client`, unit: 'events/s', goal: { atLeast: 0.7 },
        ours: () => timed(expected, () => readOverPort(store)), peer,
      }),
      await compare({
        name: `event store: all views rebuilt from ${expected} events over the port, against reading them with the bare client`, unit: 'events/s', goal: { atLeast: 0.7 },
        ours: () => timed(expected, () => rebuild(store, folder)), peer,
      }),
    ];
  } finally {
    await client.dispose();
    await store.close();
    await bridge.stop();
    await rm(folder, { recursive: true });
  }
}

async function timed(expected: number, read: () => Promise<number>): Promise<number> {
  const began = nowMs();
  const count = await read();
  if (count !== expected) throw new Error(`read ${count} events of ${expected}`);
  return (count * 1_000) / (nowMs() - began);
}

async function readBare(client: EventStoreDBClient): Promise<number> {
  let count = 0;
  for await (const { event } of client.readAll({ fromPosition: START })) if (event) count += 1;
  return count;
}

async function readOverPort(store: EventStore): Promise<number> {
  let count = 0;
  for await (const batch of store.readAll()) count += batch.length;
  return count;
}

let rebuilds = 0;

async function rebuild(store: EventStore, folder: string): Promise<number> {
  const views = new SqliteViewStore(join(folder, `views-${(rebuilds += 1)}.db`));
  let folded = 0;
  await buildGenerations(store, views, VIEWS, { onProgress: (count) => (folded = count) });
  await views.close();
  return folded;
}

async function fill(store: EventStore): Promise<number> {
  let count = 0;
  for (let first = 0; first < SHEETS; first += SHEETS_AT_ONCE) {
    const sheets = Array.from({ length: SHEETS_AT_ONCE }, (_, n) => sheetOf(first + n));
    const outcomes = await Promise.all(sheets.map(({ stream, events }) => store.append(stream, events, 'no-stream')));
    const failed = outcomes.find(({ kind }) => kind !== 'appended');
    if (failed) throw new Error(`an append was answered ${failed.kind}`);
    for (const { events } of sheets) count += events.length;
  }
  return count;
}
