import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VIEWS } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { log } from '../logging.js';
import type { Generation, ViewStore } from '../view-store/port.js';
import { STORES, type StorePlace } from '../view-store/testing.js';
import { Projector } from './projector.js';
import { allDifferences, reachHead, sheet } from './testing.js';

let folder: string;
let logs: EventStore[];
let running: Projector | undefined;
beforeEach(() => {
  log.level = 'silent';
  folder = mkdtempSync(join(tmpdir(), 'portal-restored-'));
  logs = [];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  for (const one of logs) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A log of these centres, from one backup: what begins alike has the same positions, and other events. */
async function logOf(...centres: readonly number[]): Promise<EventStore> {
  const events = await openEmbeddedStore({ file: join(mkdtempSync(join(folder, 'log-')), 'events.db') });
  logs.push(events);
  for (const centre of centres) await sheet(events, String(centre));
  return events;
}

async function projected(events: EventStore, store: ViewStore): Promise<readonly Generation[]> {
  running = new Projector(events, store, VIEWS);
  await running.start();
  await reachHead(events, running);
  return store.generations();
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

describe.each(STORES)('after the log was put back, views in %s', (_name, begin) => {
  let place: StorePlace;
  let store: ViewStore;
  beforeEach(async () => {
    place = await begin();
    store = await place.open();
  });
  afterEach(() => place.remove());

  it.each([
    ['ends before them', [1]],
    ['ends where they do', [1, 4]],
    ['has grown past them', [1, 4, 5, 6]],
  ])('are built again where it %s', async (_, centres) => {
    await projected(await logOf(1, 2), store);
    await stop();
    const other = await logOf(...centres);
    const after = await projected(other, store);
    expect(await allDifferences(other, store)).toEqual([]);
    // Nobody steps back to what was folded from another log.
    expect(after.map(({ state }) => state)).toEqual(VIEWS.map(() => 'live'));
  });

  it('are left as they are where it is the same, also where what came last was erased', async () => {
    const events = await logOf(1, 2);
    const before = await projected(events, store);
    await stop();
    expect(await projected(events, store)).toEqual(before);
    await events.append('candidate-x', [{ id: randomUUID(), type: 'CandidateRegistered', data: { id: 'x', series: 'January 2017', centre: '1', candidate: '0002', name: 'Y' }, metadata: {} }], 'no-stream');
    const numbers = (await projectedOn(events)).map(({ generation }) => generation);
    await events.deleteStream('candidate-x');
    await stop();
    expect((await projected(events, store)).map(({ generation }) => generation)).toEqual(numbers);
  });

  async function projectedOn(events: EventStore): Promise<readonly Generation[]> {
    await reachHead(events, running as Projector);
    return store.generations();
  }
});
