import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VIEWS, type View } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import type { ViewStore } from '../view-store/port.js';
import { STORES, type StorePlace } from '../view-store/testing.js';
import { Foldings } from './folding.js';
import { Projector } from './projector.js';
import { buildGenerations } from './rebuild.js';
import { allDifferences, documents, listed, live, reachHead, sheet } from './testing.js';

const cleanUp: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

interface Place {
  readonly events: EventStore;
  readonly open: () => Promise<ViewStore>;
}

async function placeOf(begin: () => Promise<StorePlace>): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-projector-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const events = await openEmbeddedStore({ file: join(folder, 'events.db') });
  cleanUp.push(() => events.close());
  const { open, remove } = await begin();
  cleanUp.push(remove);
  return { events, open };
}

async function projectorOn(events: EventStore, store: ViewStore, views: readonly View[] = VIEWS): Promise<Projector> {
  const projector = new Projector(events, store, views);
  await projector.start();
  cleanUp.push(() => projector.stop());
  return projector;
}

describe.each(STORES)('the projector on %s', (_name, begin) => {
  const place = (): Promise<Place> => placeOf(begin);

  it('keeps every view up with the log, and says what it has reached', async () => {
    const { events, open } = await place();
    const store = await open();
    const projector = await projectorOn(events, store);
    for (let centre = 68101; centre < 68111; centre++) await sheet(events, String(centre));
    await reachHead(events, projector);
    expect(await listed(store, 'mark-sheets')).toHaveLength(10);
    expect(projector.progress.health()).toEqual({ position: await events.head(), caughtUp: true, lastError: undefined });
    expect(await allDifferences(events, store)).toEqual([]);
  });

  it('says so when a position is not reached in time', async () => {
    const { events, open } = await place();
    const projector = await projectorOn(events, await open());
    expect(await projector.progress.reach('9'.repeat(20), 20)).toBe(false);
  });

  it('goes on where it stood after a stop between any two batches', async () => {
    const { events, open } = await place();
    for (let centre = 68101; centre < 68121; centre++) {
      const projector = new Projector(events, await open(), VIEWS);
      await projector.start();
      await sheet(events, String(centre));
      if (centre % 4 === 0) await reachHead(events, projector);
      await projector.stop();
    }
    const store = await open();
    await reachHead(events, await projectorOn(events, store));
    expect(await allDifferences(events, store)).toEqual([]);
  });

  it('is not corrupted by a second one on the same views, by mistake', async () => {
    const { events, open } = await place();
    const [one, other] = [await open(), await open()];
    const first = await projectorOn(events, one);
    const second = await projectorOn(events, other);
    for (let centre = 68101; centre < 68131; centre++) {
      await sheet(events, String(centre));
      if (centre % 7 === 0) await pause(15);
    }
    await Promise.all([reachHead(events, first), reachHead(events, second)]);
    const store = await open();
    expect(await allDifferences(events, store)).toEqual([]);
  });

  it('begins again after the log was lost for a moment, and tells the error until then', async () => {
    const { events, open } = await place();
    let isLost = true;
    const flaky: EventStore = {
      append: (...given) => events.append(...given),
      readStream: (...given) => events.readStream(...given),
      readAll: (range) => events.readAll(range),
      deleteStream: (stream) => events.deleteStream(stream),
      head: () => events.head(),
      close: () => events.close(),
      subscribe: (range) => {
        if (isLost) throw new Error('the log is lost');
        return events.subscribe(range);
      },
    };
    const projector = await projectorOn(flaky, await open());
    await sheet(events, '68101');
    await pause(20);
    expect(projector.progress.health()).toMatchObject({ caughtUp: false, lastError: 'Error: the log is lost' });
    isLost = false;
    await reachHead(events, projector);
    while (!projector.progress.health().caughtUp) await pause(5);
    expect(projector.progress.health()).toMatchObject({ caughtUp: true, lastError: undefined });
  });
});

describe.each(STORES)('generations on %s', (_name, begin) => {
  const place = (): Promise<Place> => placeOf(begin);

  it('built again beside the live ones are the same, while marks go on', async () => {
    const { events, open } = await place();
    const store = await open();
    const projector = await projectorOn(events, store);
    await sheet(events, '68101');
    const before = await live(store, 'mark-sheets');
    const rebuilt = projector.rebuild(VIEWS.map(({ name }) => name));
    for (let centre = 68102; centre < 68112; centre++) await sheet(events, String(centre));
    await rebuilt;
    await reachHead(events, projector);
    expect((await live(store, 'mark-sheets')).generation).toBeGreaterThan(before.generation);
    expect(await store.previous('mark-sheets')).toMatchObject({ generation: before.generation });
    expect(await allDifferences(events, store)).toEqual([]);
  });

  it('step back once, caught up first, and no further', async () => {
    const { events, open } = await place();
    const store = await open();
    const projector = await projectorOn(events, store);
    await sheet(events, '68101');
    const first = await live(store, 'mark-sheets');
    await projector.rebuild(['mark-sheets']);
    await sheet(events, '68102');
    await reachHead(events, projector);
    const before = await documents(store);
    expect(await projector.rollBack('mark-sheets')).toBe(true);
    expect(await live(store, 'mark-sheets')).toMatchObject({ generation: first.generation });
    expect(await documents(store)).toEqual(before);
    expect(await projector.rollBack('mark-sheets')).toBe(false);
    await sheet(events, '68103');
    await reachHead(events, projector);
    expect(await allDifferences(events, store)).toEqual([]);
  });

  it('of a view whose code changed are built at the next start, and the old one is kept', async () => {
    const { events, open } = await place();
    await sheet(events, '68101');
    const before = new Projector(events, await open(), VIEWS);
    await before.start();
    await before.stop();
    const old = await live(await open(), 'mark-sheets');
    const changed = VIEWS.map((view) => (view.name === 'mark-sheets' ? { ...view, version: view.version + 1 } : view));
    const store = await open();
    const projector = await projectorOn(events, store, changed);
    await reachHead(events, projector);
    expect((await live(store, 'mark-sheets')).version).toBe(old.version + 1);
    expect(await store.previous('mark-sheets')).toMatchObject({ generation: old.generation });
    expect(await store.previous('emi-summary')).toBeUndefined();
    // The present code cannot go on with documents of other code.
    expect(await projector.rollBack('mark-sheets')).toBe(false);
  });

  it('that come out differently are not taken into use', async () => {
    const { events, open } = await place();
    await sheet(events, '68101');
    const store = await open();
    let isSpoilt = false;
    // Deliberately impure: what it says the second time is another thing.
    let calls = 0;
    const spoilt: View = {
      name: 'spoilt', version: 1, types: ['MarkEntered'],
      keys: () => ['all'],
      evolve: () => ({ calls: isSpoilt ? (calls += 1) : 0 }),
    };
    const projector = await projectorOn(events, store, [spoilt]);
    const before = await store.live('spoilt');
    isSpoilt = true;
    await expect(projector.rebuild(['spoilt'])).rejects.toThrow('a view was built differently: spoilt/all');
    expect(await store.generations()).toHaveLength(1);
    expect(await store.live('spoilt')).toMatchObject({ generation: before?.generation });
  });

  it('left half built by a crash are thrown away, and their number remembers nothing', async () => {
    const { events, open } = await place();
    await sheet(events, '68101');
    const store = await open();
    await buildGenerations(events, store, VIEWS);
    expect((await store.generations()).every(({ state }) => state === 'building')).toBe(true);
    const projector = await projectorOn(events, store);
    await reachHead(events, projector);
    expect((await store.generations()).every(({ state }) => state === 'live')).toBe(true);
    expect(await allDifferences(events, store)).toEqual([]);
  });
});

describe.each(STORES)('a batch on %s', (_name, begin) => {
  const place = (): Promise<Place> => placeOf(begin);

  it('moves documents and checkpoint together, or neither: the slower of two projectors writes nothing', async () => {
    const { events, open } = await place();
    await sheet(events, '68101');
    const store = await open();
    const projector = await projectorOn(events, store);
    await reachHead(events, projector);
    await projector.stop();
    const view = VIEWS.find(({ name }) => name === 'mark-sheets')!;
    const generation = await live(store, view.name);
    const [quick, slow] = [1, 2].map(() => new Foldings(store, [[view, generation]])) as [Foldings, Foldings];
    await sheet(events, '68102');
    for await (const batch of events.readAll()) for (const folding of [quick, slow]) await folding.fold(batch);
    await quick.flush();
    const before = await documents(store);
    await expect(slow.flush()).rejects.toThrow('was moved by another projector');
    expect(await documents(store)).toEqual(before);
  });
});
