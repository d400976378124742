/** How fast views that are followed move in Redis: events folded, documents written with their checkpoint, batch by batch. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VIEWS } from '@portal/domain';
import type { NewEvent, RecordedEvent } from '@portal/event-store';
import { Foldings, RedisViewStore, type Generation } from '@portal/portal-api';
import { startRedis } from '@portal/portal-api/testing';
import { nowMs, toFigure, type Figure, type Goal } from '../measure.js';
import { sheetOf } from '../rebuild.js';

const EVENTS = 100_000;
/** As many as the log hands over at once when there is much to do. */
const A_BATCH = 1_000;
const A_SMALL_BATCH = 100;
const SHEETS_AT_ONCE = 40;
const RUNS = 5;
const LIMIT_PER_SECOND = 100_000;

export async function run(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'));
  const redis = await startRedis({ folder });
  const store = await RedisViewStore.open(redis.url);
  try {
    const events = recorded();
    const measure = async (batch: number, goal: Goal): Promise<Figure> => {
      await moved(store, events, batch);
      const figures: number[] = [];
      for (let run = 0; run < RUNS; run++) figures.push(await moved(store, events, batch));
      return toFigure({ name: `redis: all views moved, ${batch} events at a time`, unit: 'events/s', goal }, figures, [LIMIT_PER_SECOND]);
    };
    return [await measure(A_BATCH, { atLeast: 1 }), await measure(A_SMALL_BATCH, 'reported')];
  } finally {
    await store.close();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Events a second, over generations that are new and live: nothing of them is remembered. */
async function moved(store: RedisViewStore, events: readonly RecordedEvent[], batch: number): Promise<number> {
  const live = [];
  for (const view of VIEWS) {
    const generation = await store.begin(view.name, view.version);
    await store.promote(generation);
    live.push([view, { ...generation, state: 'live' } satisfies Generation] as const);
  }
  const foldings = new Foldings(store, live);
  const began = nowMs();
  for (let first = 0; first < events.length; first += batch) {
    await foldings.fold(events.slice(first, first + batch));
    await foldings.flush();
  }
  const perSecond = (events.length * 1_000) / (nowMs() - began);
  await checked(store, foldings.generations, events);
  return perSecond;
}

/** What was fast and wrong is no figure. */
async function checked(store: RedisViewStore, generations: readonly Generation[], events: readonly RecordedEvent[]): Promise<void> {
  const sheets = generations.find(({ view }) => view === 'mark-sheets') as Generation;
  const kept = await store.list(sheets.view, sheets.generation, '');
  const expected = new Set(events.filter(({ type }) => type === 'MarkSheetAllocated').map(({ stream }) => stream)).size;
  if (kept.length !== expected) throw new Error(`${kept.length} sheets of ${expected}`);
}

/** As they come from the log, forty sheets at a time. */
function recorded(): readonly RecordedEvent[] {
  const each = sheetOf(0).events.length;
  const all: RecordedEvent[] = [];
  for (let first = 0; all.length + SHEETS_AT_ONCE * each <= EVENTS; first += SHEETS_AT_ONCE) {
    const sheets = Array.from({ length: SHEETS_AT_ONCE }, (_, n) => sheetOf(first + n));
    for (let revision = 0; revision < each; revision++) {
      for (const { stream, events } of sheets) {
        all.push({ ...(events[revision] as NewEvent), stream, revision, position: String(all.length + 1).padStart(20, '0') });
      }
    }
  }
  return all;
}
