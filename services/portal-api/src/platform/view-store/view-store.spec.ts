import { afterEach, describe, expect, it } from '@jest/globals';
import { connectRedis } from '../redis.js';
import { CheckpointMovedError, ViewsUnavailableError, type Generation, type ViewStore } from './port.js';
import { redisPlace, STORES, type StorePlace } from './testing.js';

const at = (n: number): string => String(n).padStart(20, '0');

async function advance(store: ViewStore, generation: Generation, to: number, documents: Record<string, object | undefined>): Promise<Generation> {
  const [moved] = await store.advance([{ generation, to: at(to), documents: new Map(Object.entries(documents)) }]);
  return moved!;
}

async function promoted(store: ViewStore, view = 'counts', documents: Record<string, object> = { a: { n: 1 } }): Promise<Generation> {
  const generation = await advance(store, await store.begin(view, 1), 5, documents);
  await store.promote(generation);
  return { ...generation, state: 'live' };
}

describe.each(STORES)('a view store in %s', (_name, begin) => {
  let place: StorePlace | undefined;
  afterEach(() => place?.remove());

  async function open(): Promise<ViewStore> {
    place = await begin();
    return place.open();
  }

  it('is empty at first', async () => {
    const store = await open();
    expect(await store.generations()).toEqual([]);
    expect(await store.liveNumber('counts')).toBeUndefined();
  });

  it('keeps documents, and gives them by key, by keys and by prefix in the order of the keys', async () => {
    const store = await open();
    const documents = { 'b/2': { n: 2 }, 'a/1': { n: 1 }, 'b/1': { text: 'ŵ "quoted" \u0000' }, 'b/10': { n: 10 }, b: { n: 0 }, 'c/😀': { n: 3 } };
    const { generation } = await promoted(store, 'counts', documents);
    expect(await store.get('counts', generation, 'b/1')).toEqual(documents['b/1']);
    expect(await store.get('counts', generation, 'b/3')).toBeUndefined();
    expect(await store.many('counts', generation, ['b/2', 'none', 'a/1'])).toEqual([{ n: 2 }, undefined, { n: 1 }]);
    expect(await store.read('counts', generation, [])).toEqual([]);
    expect((await store.list('counts', generation, 'b/')).map(({ key }) => key)).toEqual(['b/1', 'b/10', 'b/2']);
    expect(await store.list('counts', generation, 'c/')).toEqual([{ key: 'c/😀', document: { n: 3 } }]);
    expect((await store.list('counts', generation, '')).map(({ key }) => key)).toEqual(['a/1', 'b', 'b/1', 'b/10', 'b/2', 'c/😀']);
    expect(await store.list('counts', generation, 'd')).toEqual([]);
  });

  it('changes and removes documents with the checkpoint, thousands at once', async () => {
    const store = await open();
    const many = Object.fromEntries(Array.from({ length: 12_345 }, (_, n) => [`k${String(n).padStart(5, '0')}`, { n }]));
    const first = await advance(store, await store.begin('counts', 1), 7, many);
    const second = await advance(store, first, 8, { k00000: { n: -1 }, ...Object.fromEntries(Object.keys(many).slice(1, 12_000).map((key) => [key, undefined])) });
    const kept = await store.list('counts', second.generation, 'k');
    expect(kept).toHaveLength(346);
    expect(kept[0]).toEqual({ key: 'k00000', document: { n: -1 } });
    expect(await store.generations()).toEqual([{ view: 'counts', generation: second.generation, version: 1, state: 'building', checkpoint: at(8) }]);
  });

  it('refuses whoever does not know where a generation stands, and changes nothing', async () => {
    const store = await open();
    const begun = await store.begin('counts', 1);
    const live = await advance(store, begun, 5, { a: { n: 1 } });
    for (const stale of [begun, { ...live, checkpoint: at(4) }, { ...live, generation: 99 }]) {
      await expect(advance(store, stale, 6, { a: { n: 2 } })).rejects.toThrow(CheckpointMovedError);
    }
    expect(await store.read('counts', live.generation, ['a'])).toEqual([{ n: 1 }]);
    expect((await store.generations())[0]?.checkpoint).toBe(at(5));
  });

  it('shows other processes what was written', async () => {
    const store = await open();
    const other = await place!.open();
    const live = await promoted(store);
    expect(await other.live('counts')).toEqual(live);
    expect(await other.read('counts', live.generation, ['a'])).toEqual([{ n: 1 }]);
    await expect(Promise.all([advance(store, live, 6, { a: { n: 2 } }), advance(other, live, 6, { a: { n: 3 } })])).rejects.toThrow(CheckpointMovedError);
  });

  it('promotes a generation, keeps the one before it for one step back, and no more', async () => {
    const store = await open();
    const first = await promoted(store);
    const second = await promoted(store, 'counts', { a: { n: 2 } });
    const third = await promoted(store, 'counts', { a: { n: 3 } });
    const other = await promoted(store, 'names');
    expect(await store.previous('counts')).toEqual({ ...second, state: 'previous' });
    expect((await store.generations()).some(({ generation, view }) => view === 'counts' && generation === first.generation)).toBe(false);
    expect(await store.rollBack('counts')).toBe(true);
    expect(await store.liveNumber('counts')).toBe(second.generation);
    expect(await store.get('counts', second.generation, 'a')).toEqual({ n: 2 });
    expect(await store.rollBack('counts')).toBe(false);
    expect(await store.generations()).toEqual(expect.arrayContaining([second, other]));
    expect(await store.generations()).toHaveLength(2);
    expect(third.generation).not.toBe(second.generation);
  });

  it('forgets what was discarded, also for whoever goes on with its number', async () => {
    const store = await open();
    const begun = await advance(store, await store.begin('counts', 1), 5, { a: { n: 1 } });
    await store.discard(begun);
    expect(await store.generations()).toEqual([]);
    const next = await store.begin('counts', 2);
    expect(await store.read('counts', next.generation, ['a'])).toEqual([undefined]);
    expect(await store.list('counts', next.generation, '')).toEqual([]);
  });
});

it('a view store in a Redis that was emptied says that it cannot be asked, whatever was begun there since', async () => {
  const place = await redisPlace();
  const store = await place.open();
  const other = await place.open();
  const live = await promoted(store);
  const read = (await store.liveNumber('counts'))!;
  expect(await store.get('counts', read, 'none')).toBeUndefined();
  expect(await store.many('counts', read, ['none'])).toEqual([undefined]);
  expect(await store.list('counts', read, 'none')).toEqual([]);
  const admin = connectRedis(place.redis!.url, { name: 'test' });
  await admin.flushall();
  await promoted(other, 'counts', { b: { n: 2 } });
  const asked = [() => store.get('counts', read, 'a'), () => store.many('counts', read, ['a', 'b']), () => store.list('counts', read, '')];
  for (const ask of asked) await expect(ask()).rejects.toThrow(ViewsUnavailableError);
  // What was remembered is forgotten at once.
  const next = (await store.liveNumber('counts'))!;
  expect(next).not.toBe(live.generation);
  expect(await store.list('counts', next, '')).toEqual([{ key: 'b', document: { n: 2 } }]);
  admin.disconnect();
  await place.remove();
});
