import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hashEvent, NO_PREVIOUS } from '../chain.js';
import { openEmbeddedStore } from '../embedded/index.js';
import type { EventStore, RecordedEvent } from '../port.js';
import type { CommandContext, Streams } from '../streams.js';
import { contextOf, counter } from '../testing/counter.js';
import { faulty } from '../testing/faulty-store.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createStreams } from './create-streams.js';

const clock = (): Date => new Date('2017-01-20T10:00:00Z');

let store: EventStore;
beforeAll(async () => {
  store = await openEmbeddedStore({ file: join(temporaryFolder(), 'events.db') });
});
afterAll(() => store.close());

const newStreams = (over: EventStore = store): Streams => createStreams(over, { clock });
const newName = (): string => `sum-${randomUUID()}`;

async function eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
  const read = await store.readStream(stream);
  return read.kind === 'found' ? read.events : [];
}

describe('handle', () => {
  it('records what was decided, with who asked, and chained to the event before', async () => {
    const [streams, stream, context] = [newStreams(), newName(), contextOf()];
    const first = await streams.handle(counter, stream, 3, context);
    const second = await streams.handle(counter, stream, 4, contextOf());
    expect(first).toMatchObject({ kind: 'recorded', repeated: false, state: 3, revision: 0 });
    expect(second).toMatchObject({ kind: 'recorded', state: 7, revision: 1 });
    const [one, two] = await eventsOf(stream);
    const own = { causationId: context.commandId, prevHash: NO_PREVIOUS, recordedAt: '2017-01-20T10:00:00.000Z', schema: 1 };
    expect(one?.metadata).toEqual({ ...context, ...own });
    expect(two?.metadata['prevHash']).toBe(hashEvent(one!));
    expect(second).toMatchObject({ position: two?.position });
  });

  it('answers a repeat with the events of then, also when it would be refused by now, and from another process', async () => {
    const [streams, stream, context] = [newStreams(), newName(), contextOf()];
    const first = await streams.handle(counter, stream, 60, context);
    await streams.handle(counter, stream, 40, contextOf());
    for (const asked of [streams, newStreams()]) {
      const again = await asked.handle(counter, stream, 60, context);
      expect(again).toMatchObject({ kind: 'recorded', repeated: true, state: 100 });
      expect(again.kind === 'recorded' && again.events.map((e) => e.id)).toEqual(
        first.kind === 'recorded' && first.events.map((e) => e.id),
      );
    }
    expect(await eventsOf(stream)).toHaveLength(2);
  });

  it('refuses a command id that stands for another request, in memory, from the log, and while it waits', async () => {
    const [streams, stream] = [newStreams(), newName()];
    const one: CommandContext = { ...contextOf(), request: '1' };
    const other: CommandContext = { ...one, request: '2' };
    const together = await Promise.all([streams.handle(counter, stream, 3, one), streams.handle(counter, stream, 4, other)]);
    expect(together).toMatchObject([{ kind: 'recorded' }, { kind: 'failed', reason: 'reused' }]);
    for (const asked of [streams, newStreams()]) {
      expect(await asked.handle(counter, stream, 4, other)).toMatchObject({ kind: 'failed', reason: 'reused' });
      expect(await asked.handle(counter, stream, 3, one)).toMatchObject({ kind: 'recorded', repeated: true });
    }
    expect(await eventsOf(stream)).toHaveLength(1);
  });

  it('decides what waits one after another and appends it together', async () => {
    const [over, stream, context] = [faulty(store), newName(), contextOf()];
    const streams = newStreams(over);
    const asked = [60, 30, 0, 20, -1, 10].map((n) => streams.handle(counter, stream, n, contextOf()));
    const answers = await Promise.allSettled([...asked, streams.handle(counter, stream, 0, context)]);
    const said = answers.map((a) =>
      a.status === 'rejected' ? 'bug' : `${a.value.kind} ${'state' in a.value ? a.value.state : ''}`,
    );
    expect(said).toEqual([
      'recorded 60',
      'recorded 90',
      'recorded 90',
      'refused 90',
      'bug',
      'recorded 100',
      'recorded 100',
    ]);
    expect(over.appends.map((a) => a.ids.length)).toEqual([3]);
  });

  it('takes the same command twice at once for one', async () => {
    const [streams, stream, context] = [newStreams(), newName(), contextOf()];
    const answers = await Promise.all([1, 2, 3].map(() => streams.handle(counter, stream, 5, context)));
    expect(answers.map((a) => a.kind === 'recorded' && a.repeated)).toEqual([false, true, true]);
    expect(await eventsOf(stream)).toHaveLength(1);
  });

  it('reads on and decides again where another writer was first', async () => {
    const [one, other, stream] = [newStreams(), newStreams(), newName()];
    await one.handle(counter, stream, 50, contextOf());
    await other.handle(counter, stream, 45, contextOf());
    expect(await one.handle(counter, stream, 10, contextOf())).toMatchObject({
      kind: 'refused',
      refusal: { left: 5 },
      state: 95,
    });
    expect(await other.handle(counter, stream, 5, contextOf())).toMatchObject({
      kind: 'recorded',
      state: 100,
      revision: 2,
    });
    // A refusal on a remembered state is checked against the store before it is said.
    expect(await one.handle(counter, stream, 5, contextOf())).toMatchObject({
      kind: 'refused',
      refusal: { left: 0 },
    });
  });

  it('gives up after five conflicts', async () => {
    const stream = newName();
    const always: EventStore = { ...faulty(store), append: async () => ({ kind: 'conflict', actual: 7 }) };
    expect(await newStreams(always).handle(counter, stream, 1, contextOf())).toMatchObject({
      kind: 'failed',
      reason: 'contended',
    });
  });

  it('says that a stream was deleted', async () => {
    const [streams, stream] = [newStreams(), newName()];
    await streams.handle(counter, stream, 1, contextOf());
    await store.deleteStream(stream);
    expect(await streams.handle(counter, stream, 1, contextOf())).toMatchObject({
      kind: 'failed',
      reason: 'deleted',
    });
    expect(await newStreams().handle(counter, stream, 1, contextOf())).toMatchObject({
      kind: 'failed',
      reason: 'deleted',
    });
  });

  it('refuses a malformed event alone, not those that waited beside it', async () => {
    const broken = {
      ...counter,
      decide: () => ({ accepted: [{ type: 'Added' as const, data: { n: 0.5 } }] }),
    };
    const [streams, stream] = [newStreams(), newName()];
    const answers = await Promise.allSettled([
      streams.handle(counter, stream, 1, contextOf()),
      streams.handle(broken, stream, 1, contextOf()),
      streams.handle(counter, stream, 2, contextOf()),
    ]);
    expect(answers.map((a) => a.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await eventsOf(stream)).map((e) => e.data)).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

describe('an answer that does not come', () => {
  it.each([['reply-lost'], ['request-lost']] as const)(
    '%s: asked again at once, recorded once',
    async (fault) => {
      const [over, stream] = [faulty(store), newName()];
      over.faults.push(fault);
      expect(await newStreams(over).handle(counter, stream, 5, contextOf())).toMatchObject({
        kind: 'recorded',
        state: 5,
      });
      expect(await eventsOf(stream)).toHaveLength(1);
    },
  );

  it.each([['reply-lost'], ['request-lost']] as const)(
    '%s for long: unknown; a repeat with the same id settles it',
    async (fault) => {
      const [over, stream, context] = [faulty(store), newName(), contextOf()];
      const streams = newStreams(over);
      await streams.handle(counter, stream, 1, contextOf());
      over.faults.push(fault, fault, fault, fault);
      expect(await streams.handle(counter, stream, 5, context)).toMatchObject({
        kind: 'failed',
        reason: 'unknown',
      });
      expect(await streams.handle(counter, stream, 5, context)).toMatchObject({
        kind: 'recorded',
        repeated: fault === 'reply-lost',
        state: 6,
      });
      await streams.handle(counter, stream, 1, contextOf());
      const events = await eventsOf(stream);
      expect(events.map((e) => e.data['n'])).toEqual([1, 5, 1]);
      expect(events[2]?.metadata['prevHash']).toBe(hashEvent(events[1]!));
    },
  );
});

describe('properties', () => {
  it('a repeated command records nothing, whatever is remembered, and the chain holds', async () => {
    const commands = fc.array(
      fc.record({ n: fc.integer({ min: 0, max: 30 }), repeat: fc.boolean(), forget: fc.boolean() }),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (script) => {
        const stream = newName();
        let streams = newStreams();
        for (const { n, repeat, forget } of script) {
          const context = contextOf();
          const first = await streams.handle(counter, stream, n, context);
          if (forget) streams = createStreams(store, { clock, cachedEvents: 0 });
          const length = (await eventsOf(stream)).length;
          if (!repeat) continue;
          const again = await streams.handle(counter, stream, n, context);
          expect((await eventsOf(stream)).length).toBe(length);
          expect(again).toMatchObject({
            kind: first.kind,
            state: first.kind === 'failed' ? undefined : first.state,
          });
        }
        const events = await eventsOf(stream);
        for (const [n, event] of events.entries())
          expect(event.metadata['prevHash']).toBe(n === 0 ? NO_PREVIOUS : hashEvent(events[n - 1]!));
        expect((await streams.load(counter, stream)).state).toBe(
          events.reduce((sum, event) => sum + Number(event.data['n']), 0),
        );
      }),
      { numRuns: 30 },
    );
  });
});
