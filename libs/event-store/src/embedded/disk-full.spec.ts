import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { event, eventsOf } from '../contract-suite/fixtures.js';
import type { AppendOutcome, EventStore, NewEvent } from '../port.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEmbeddedStore } from './index.js';

/** A real file system of 4 MiB where mounting is allowed. */
const disk = join(temporaryFolder(), 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status === 0;
const onSmallDisk = mounted ? describe : describe.skip;

const big = (): NewEvent => event('Big', { text: 'x'.repeat(20_000) });

/** Until an append is not taken; says that one's answer. */
async function fill(
  store: EventStore,
  stream: string,
): Promise<{ readonly count: number; readonly answer: AppendOutcome }> {
  for (let count = 0; ; count++) {
    const answer = await store.append(stream, [big()], count === 0 ? 'no-stream' : count - 1);
    if (answer.kind !== 'appended') return { count, answer };
  }
}

describe('a file that may not grow', () => {
  it('answers full, writes nothing, reads on, and still takes what fits', async () => {
    const store = await openEmbeddedStore({ file: join(temporaryFolder(), 'events.db'), maxPages: 200 });
    const { count, answer } = await fill(store, 's-1');
    expect(answer).toEqual({ kind: 'full' });
    expect(await eventsOf(store, 's-1')).toHaveLength(count);
    expect((await store.append('s-2', [event()], 'no-stream')).kind).toMatch(/appended|full/);
    await store.close();
  });
});

onSmallDisk('a disk that is full', () => {
  let store: EventStore;
  const ballast = join(disk, 'ballast');
  beforeAll(async () => {
    writeFileSync(ballast, Buffer.alloc(1_500_000));
    store = await openEmbeddedStore({ file: join(disk, 'events.db') });
  });
  afterAll(async () => {
    await store.close();
    spawnSync('umount', [disk]);
  });

  it('says so, reads on, and goes on when there is room again: nothing half, nothing twice', async () => {
    const { count, answer } = await fill(store, 's-1');
    expect(answer).toEqual({ kind: 'full' });
    expect(count).toBeGreaterThan(10);
    expect(await eventsOf(store, 's-1')).toHaveLength(count);
    expect(await store.readStream('s-2')).toEqual({ kind: 'no-stream' });

    const waiting = Array.from({ length: 10 }, (_, n) =>
      store.append(`s-full-${n}`, [big(), big()], 'no-stream'),
    );
    expect((await Promise.all(waiting)).map((o) => o.kind)).toEqual(Array(10).fill('full'));

    rmSync(ballast);
    const again = big();
    expect(await store.append('s-1', [again], count - 1)).toMatchObject({
      kind: 'appended',
      revision: count,
    });
    const events = await eventsOf(store, 's-1');
    expect(events.map((e) => e.revision)).toEqual(Array.from({ length: count + 1 }, (_, n) => n));
    expect(events.at(-1)?.id).toBe(again.id);
    expect(await store.readStream('s-full-0')).toEqual({ kind: 'no-stream' });
  });
});
