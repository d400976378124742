import { expect, it } from '@jest/globals';
import type { EventStore } from '../port.js';
import {
  all,
  appended,
  countOf,
  event,
  events,
  eventsOf,
  freshName,
  isCaughtUp,
  listen,
  revisionsOf,
} from './fixtures.js';

export function readingCases(store: () => EventStore): void {
  it('tells a missing stream from an empty range', async () => {
    const stream = freshName();
    expect(await store().readStream(stream)).toEqual({ kind: 'no-stream' });
    await store().append(stream, events(3), 'no-stream');
    expect(await eventsOf(store(), stream, { after: 99 })).toEqual([]);
    expect(revisionsOf(await eventsOf(store(), stream, { after: 0 }))).toEqual([1, 2]);
    expect(revisionsOf(await eventsOf(store(), stream, { backwards: true }))).toEqual([2, 1, 0]);
    await expect(store().readStream(stream, { limit: 0 })).rejects.toThrow(RangeError);
  });

  it('reads all in order, after a position exclusively, by stream prefix and event type', async () => {
    const [prefix, other] = [freshName('one'), freshName('other')];
    const first = appended(await store().append(`${prefix}-a`, [event('A'), event('B')], 'no-stream'));
    await store().append(other, [event('A')], 'no-stream');
    await store().append(`${prefix}-b`, [event('C'), event('A')], 'no-stream');
    const filter = { streamPrefixes: [prefix] };
    const found = await all(store(), { filter });
    expect(found.map((e) => e.type)).toEqual(['A', 'B', 'C', 'A']);
    expect(found.map((e) => e.position).toSorted()).toEqual(found.map((e) => e.position));
    expect((await all(store(), { filter, after: first.positions[0]! })).map((e) => e.type)).toEqual([
      'B',
      'C',
      'A',
    ]);
    expect(
      (await all(store(), { filter: { ...filter, eventTypes: ['B', 'C'] } })).map((e) => e.type),
    ).toEqual(['B', 'C']);
    expect(
      (await all(store(), { filter: { streamPrefixes: [prefix, other], eventTypes: ['A'] } })).length,
    ).toBe(3);
  });

  it('says where the log ends', async () => {
    const { positions } = appended(await store().append(freshName(), events(1), 'no-stream'));
    expect((await store().head())! >= positions[0]!).toBe(true);
  });
}

export function subscriptionCases(store: () => EventStore): void {
  it('catches up, says so, and goes on live without gap or repeat', async () => {
    const prefix = freshName();
    await store().append(`${prefix}-1`, events(3), 'no-stream');
    const listening = listen(store(), { streamPrefixes: [prefix] });
    await listening.until(isCaughtUp);
    expect(listening.events().map((e) => e.data['n'])).toEqual([0, 1, 2]);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => store().append(`${prefix}-live-${n}`, events(2), 'no-stream')),
    );
    await listening.until((messages) => countOf(messages) >= 43);
    await listening.stop();
    const positions = listening.events().map((e) => e.position);
    expect(new Set(positions).size).toBe(43);
    expect(positions.toSorted()).toEqual(positions);
  });

  it('begins after a position, exclusively', async () => {
    const prefix = freshName();
    const { positions } = appended(
      await store().append(prefix, [event('One'), event('Two'), event('Three')], 'no-stream'),
    );
    const listening = listen(store(), { streamPrefixes: [prefix] }, positions[0]);
    await listening.until((messages) => countOf(messages) >= 2);
    await listening.stop();
    expect(listening.events().map((e) => e.type)).toEqual(['Two', 'Three']);
  });

  it('moves its position over what its filter leaves out', async () => {
    const listening = listen(store(), { streamPrefixes: ['nothing-like-this'] });
    await listening.until(isCaughtUp);
    const { positions } = appended(await store().append(freshName(), events(1), 'no-stream'));
    await listening.until((messages) => messages.some((m) => (m.position ?? '') >= positions[0]!));
    await listening.stop();
    expect(listening.events()).toEqual([]);
    const reached = listening.messages.at(-1)!.position!;
    const later = listen(store(), undefined, reached);
    await later.until(isCaughtUp);
    await later.stop();
    expect(later.events().filter((e) => e.position <= reached)).toEqual([]);
  });

  it('ends when its signal aborts, also while it waits', async () => {
    const listening = listen(store(), undefined);
    await listening.until(isCaughtUp);
    await listening.stop();
  });

  it('waits for a slow consumer and loses nothing', async () => {
    const prefix = freshName();
    const abort = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const message of store().subscribe({
        filter: { streamPrefixes: [prefix] },
        signal: abort.signal,
      })) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (message.kind === 'events') seen.push(...message.events.map((e) => Number(e.data['n'])));
        if (seen.length >= 100) abort.abort();
      }
    })();
    for (let n = 0; n < 100; n++)
      await store().append(`${prefix}-${n}`, [event('Tested', { n })], 'no-stream');
    await reading;
    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });
}

export function deletionCases(store: () => EventStore): void {
  it('deletes for good: nothing is read, nothing is written under that name again', async () => {
    const stream = freshName();
    const batch = events(2);
    await store().append(stream, batch, 'no-stream');
    expect(await store().deleteStream(stream)).toBe('deleted');
    expect(await store().readStream(stream)).toEqual({ kind: 'deleted' });
    expect(await store().append(stream, events(1), 'no-stream')).toEqual({ kind: 'deleted' });
    expect(await store().append(stream, events(1), 1)).toEqual({ kind: 'deleted' });
    expect(await store().append(stream, batch, 'no-stream')).toEqual({ kind: 'deleted' });
    expect(await store().deleteStream(stream)).toBe('deleted');
    expect(await store().deleteStream(freshName())).toBe('no-stream');
  });

  it('leaves a deleted stream to nobody who reads later, and hands no position out twice', async () => {
    const prefix = freshName();
    const { positions } = appended(await store().append(`${prefix}-gone`, events(1), 'no-stream'));
    await store().deleteStream(`${prefix}-gone`);
    const later = appended(await store().append(`${prefix}-kept`, events(1), 'no-stream'));
    expect(later.positions[0]! > positions[0]!).toBe(true);
    const listening = listen(store(), { streamPrefixes: [prefix] });
    await listening.until((messages) => countOf(messages) >= 1 && isCaughtUp(messages));
    await listening.stop();
    // Until a scavenge a store may still show the events of before; what is written after them is always seen.
    expect(listening.events().some((e) => e.stream === `${prefix}-kept`)).toBe(true);
    expect(listening.events().some((e) => e.type.startsWith('$'))).toBe(false);
  });
}
