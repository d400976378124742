import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { event } from '../contract-suite/fixtures.js';
import type { EventStore, RecordedEvent, SubscriptionMessage } from '../port.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEmbeddedStore } from './index.js';

let store: EventStore;

beforeEach(async () => {
  store = await openEmbeddedStore({ file: join(temporaryFolder(), 'events.db') });
});
afterEach(() => store.close());

it('shows every follower all events in order, however far one is behind the other', async () => {
  const [quick, slow] = [follow(), follow()];
  const seen: { quick: string[]; slow: string[] } = { quick: [], slow: [] };
  let written = 0;
  for (const count of [3, 700, 1, 2_500, 4_200, 9]) {
    const appends = Array.from({ length: count }, (_, n) => store.append(`s-${written + n}`, [event('Happened', { n: written + n })], 'no-stream'));
    await Promise.all(appends);
    written += count;
    await quick.until(seen.quick, written);
    if (count !== 700) await slow.until(seen.slow, written);
  }
  const all: string[] = [];
  for await (const page of store.readAll()) all.push(...page.map(({ position }) => position));
  expect(all).toHaveLength(written);
  expect(seen.quick).toEqual(all);
  expect(seen.slow).toEqual(all);
});

it('shows nobody what was deleted meanwhile', async () => {
  const [quick, slow] = [follow(), follow()];
  await store.append('first', [event('Happened', {})], 'no-stream');
  await slow.until([], 1);
  await store.append('secret', [event('Happened', { name: 'Myfanwy' })], 'no-stream');
  await quick.until([], 2);
  expect(await store.deleteStream('secret')).toBe('deleted');
  await store.append('last', [event('Happened', {})], 'no-stream');
  const streams: string[] = [];
  await slow.until([], 1, ({ stream }) => void streams.push(stream));
  expect(streams).toEqual(['last']);
});

function follow() {
  const messages = store.subscribe()[Symbol.asyncIterator]() as AsyncIterator<SubscriptionMessage>;
  return {
    /** Reads on until `positions` has this many. */
    async until(positions: string[], count: number, look: (event: RecordedEvent) => void = () => {}): Promise<void> {
      while (positions.length < count) {
        const { value } = await messages.next();
        if (value.kind !== 'events') continue;
        for (const one of value.events) {
          positions.push(one.position);
          look(one);
        }
      }
    },
  };
}
