/** A retry may reach another process while the first still waits: one of them records it, and neither says what is not so. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hashEvent, NO_PREVIOUS } from '../chain.js';
import { openEmbeddedStore } from '../embedded/index.js';
import type { EventStore, RecordedEvent } from '../port.js';
import type { Streams } from '../streams.js';
import { contextOf, counter } from '../testing/counter.js';
import { faulty } from '../testing/faulty-store.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { createStreams } from './create-streams.js';

let store: EventStore;
beforeAll(async () => {
  store = await openEmbeddedStore({ file: join(temporaryFolder(), 'events.db') });
});
afterAll(() => store.close());

const newName = (): string => `sum-${randomUUID()}`;

async function eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
  const read = await store.readStream(stream);
  return read.kind === 'found' ? read.events : [];
}

describe('two processes that are asked the same at the same time', () => {
  /** As EventStoreDB answers: ids alone count, and what was written before passes for written now. */
  const asOfServer = (): EventStore => {
    const append: EventStore['append'] = async (...asked) => {
      const outcome = await store.append(...asked);
      if (outcome.kind !== 'appended') return outcome;
      const { isNew: _, ...told } = outcome;
      return told;
    };
    return { ...faulty(store), append };
  };
  const two = (): readonly [Streams, Streams] => {
    let ms = Date.parse('2017-01-20T10:00:00Z');
    const late = (): Date => new Date((ms += 7));
    return [createStreams(asOfServer(), { clock: late }), createStreams(asOfServer(), { clock: late })];
  };

  it('record it once, answer with what stands, and go on with its hash', async () => {
    const [[one, other], stream] = [two(), newName()];
    for (let n = 0; n < 10; n++) {
      const context = { ...contextOf(), request: '1' };
      const answers = await Promise.all([one, other].map((streams) => streams.handle(counter, stream, 1, context)));
      const events = answers.map((answer) => (answer.kind === 'recorded' ? answer.events.map(hashEvent) : []));
      expect(events[0]).toEqual((await eventsOf(stream)).slice(-1).map(hashEvent));
      expect(events[1]).toEqual(events[0]);
      for (const streams of [one, other]) await streams.handle(counter, stream, 1, contextOf());
    }
    const events = await eventsOf(stream);
    expect(events).toHaveLength(30);
    expect(events.map(({ metadata }) => metadata['prevHash'])).toEqual([NO_PREVIOUS, ...events.slice(0, -1).map(hashEvent)]);
  });

  it('take one of two requests under one id, and refuse the other', async () => {
    const [[one, other], stream] = [two(), newName()];
    const context = contextOf();
    const answers = await Promise.all([
      one.handle(counter, stream, 3, { ...context, request: '3' }),
      other.handle(counter, stream, 4, { ...context, request: '4' }),
    ]);
    const [event, ...more] = await eventsOf(stream);
    expect(more).toEqual([]);
    const taken = event?.data['n'] === 3 ? 0 : 1;
    expect(answers[taken]).toMatchObject({ kind: 'recorded', state: event?.data['n'] });
    expect(answers[1 - taken]).toMatchObject({ kind: 'failed', reason: 'reused' });
  });
});

it('says nothing from memory of what is not in the log any more', async () => {
  const [stream, context] = [newName(), contextOf()];
  let isGone = false;
  const readStream: EventStore['readStream'] = async (...asked) => (isGone ? { kind: 'no-stream' } : store.readStream(...asked));
  const streams = createStreams({ ...faulty(store), readStream }, { clock: () => new Date('2017-01-20T10:00:00Z') });
  await streams.handle(counter, stream, 3, context);
  isGone = true;
  expect(await streams.handle(counter, stream, 3, context)).toMatchObject({ kind: 'failed', reason: 'unknown' });
  isGone = false;
  expect(await streams.handle(counter, stream, 3, context)).toMatchObject({ kind: 'recorded', repeated: true, state: 3 });
});
