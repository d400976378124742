import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AppendOutcome, EventStore, NewEvent } from '../port.js';
import { appended, event, events, eventsOf, freshName, revisionsOf } from './fixtures.js';

export function appendCases(store: () => EventStore): void {
  it('numbers revisions from 0 and gives every event a position that rises', async () => {
    const stream = freshName();
    const first = appended(await store().append(stream, events(2), 'no-stream'));
    const second = appended(await store().append(stream, events(1), 1));
    expect([first.revision, second.revision]).toEqual([1, 2]);
    const found = await eventsOf(store(), stream);
    expect(revisionsOf(found)).toEqual([0, 1, 2]);
    const positions = [...first.positions, ...second.positions];
    expect(found.map((e) => e.position)).toEqual(positions);
    expect(positions.toSorted()).toEqual(positions);
    expect(new Set(positions).size).toBe(3);
  });

  it('refuses a wrong expectation and says what the stream really is', async () => {
    const stream = freshName();
    expect(await store().append(stream, events(1), 5)).toEqual({ kind: 'conflict', actual: 'no-stream' });
    await store().append(stream, events(2), 'no-stream');
    expect(await store().append(stream, events(1), 'no-stream')).toEqual({ kind: 'conflict', actual: 1 });
    expect(await store().append(stream, events(1), 0)).toEqual({ kind: 'conflict', actual: 1 });
    expect(await store().append(stream, events(1), 7)).toEqual({ kind: 'conflict', actual: 1 });
    expect(revisionsOf(await eventsOf(store(), stream))).toEqual([0, 1]);
  });

  it('lets one of ten win that expect the same', async () => {
    const stream = freshName();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => store().append(stream, events(1), 'no-stream')),
    );
    expect(outcomes.filter((o) => o.kind === 'appended')).toHaveLength(1);
    expect(outcomes.filter((o) => o.kind === 'conflict')).toHaveLength(9);
    expect(await eventsOf(store(), stream)).toHaveLength(1);
  });

  it('keeps the order of appends that are sent without waiting', async () => {
    const stream = freshName();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        store().append(stream, [event('Tested', { n })], n === 0 ? 'no-stream' : n - 1),
      ),
    );
    expect(outcomes.every((o) => o.kind === 'appended')).toBe(true);
    expect((await eventsOf(store(), stream)).map((e) => e.data['n'])).toEqual(
      Array.from({ length: 50 }, (_, n) => n),
    );
  });
}

export function contentCases(store: () => EventStore): void {
  it('takes 5,000 small events in one append', async () => {
    const stream = freshName();
    const many = Array.from({ length: 5_000 }, (_, n) => ({
      id: randomUUID(),
      type: 'Small',
      data: { n },
      metadata: {},
    }));
    expect(appended(await store().append(stream, many, 'no-stream')).revision).toBe(4_999);
    expect(revisionsOf(await eventsOf(store(), stream))).toHaveLength(5_000);
    expect(revisionsOf(await eventsOf(store(), stream, { backwards: true, limit: 2 }))).toEqual([
      4_999, 4_998,
    ]);
    expect(revisionsOf(await eventsOf(store(), stream, { after: 9, limit: 3 }))).toEqual([10, 11, 12]);
  });

  it('gives back names, data and metadata as they came', async () => {
    const stream = freshName('contract ŵ/ŷ %2F 漢 🙂');
    const written: NewEvent = {
      id: randomUUID(),
      type: 'Mixed',
      data: {
        text: 'ŵ\u0000 \u2028"\\',
        big: 9007199254740991,
        minus: -1,
        yes: true,
        list: [1, 'a', { b: false }],
      },
      metadata: { actor: 'é', nested: { a: [1, true] }, 'with space': '' },
    };
    await store().append(stream, [written], 'no-stream');
    const [found] = await eventsOf(store(), stream);
    expect({ ...found, metadata: found?.metadata }).toEqual({ ...written, stream, revision: 0, position: found?.position });
  });
}

export function idempotencyCases(store: () => EventStore): void {
  it('answers an exact repeat with the first revision and position, and writes nothing', async () => {
    const [stream, batch] = [freshName(), events(2)];
    const first = repeatOf(await store().append(stream, batch, 'no-stream'));
    expect(await store().append(stream, batch, 'no-stream')).toEqual(first);
    await store().append(stream, events(2), 1);
    expect(await store().append(stream, batch, 'no-stream')).toEqual(first);
    expect(await eventsOf(store(), stream)).toHaveLength(4);
  });

  it('answers a repeat in the middle of the stream', async () => {
    const [stream, batch] = [freshName(), events(2)];
    await store().append(stream, events(2), 'no-stream');
    const first = repeatOf(await store().append(stream, batch, 1));
    await store().append(stream, events(1), 3);
    expect(await store().append(stream, batch, 1)).toEqual(first);
  });

  it('takes a shorter repeat as one, and refuses a longer batch that begins with a written event', async () => {
    const [stream, [x, y]] = [freshName(), [event(), event()]];
    const first = appended(await store().append(stream, [x!, y!], 'no-stream'));
    const shorter = appended(await store().append(stream, [x!], 'no-stream'));
    expect(shorter).toEqual({ kind: 'appended', revision: 0, positions: first.positions.slice(0, 1) });
    expect(await store().append(stream, [x!, y!, event()], 'no-stream')).toEqual({
      kind: 'conflict',
      actual: 1,
    });
    expect(await store().append(stream, [y!, x!], 'no-stream')).toEqual({ kind: 'conflict', actual: 1 });
  });

  it('looks at the id alone: other content under known ids is a repeat', async () => {
    const [stream, e] = [freshName(), event('Tested', { n: 1 })];
    const first = repeatOf(await store().append(stream, [e], 'no-stream'));
    expect(await store().append(stream, [{ ...e, data: { n: 2 } }], 'no-stream')).toEqual(first);
    expect((await eventsOf(store(), stream))[0]?.data).toEqual({ n: 1 });
  });

  it('promises nothing for a known id at the head: it is stored again', async () => {
    const [stream, e] = [freshName(), event()];
    await store().append(stream, [e], 'no-stream');
    expect(appended(await store().append(stream, [e], 0)).revision).toBe(1);
    expect((await eventsOf(store(), stream)).map((found) => found.id)).toEqual([e.id, e.id]);
  });

  it('is idempotent per stream only', async () => {
    const e = event();
    const [one, other] = [freshName(), freshName()];
    await store().append(one, [e], 'no-stream');
    expect((await store().append(other, [e], 'no-stream')).kind).toBe('appended');
    expect(await eventsOf(store(), other)).toHaveLength(1);
  });
}

/** The same place, and never said to be new. */
function repeatOf(outcome: AppendOutcome): AppendOutcome {
  const { kind, revision, positions } = appended(outcome);
  return { kind, revision, positions };
}
