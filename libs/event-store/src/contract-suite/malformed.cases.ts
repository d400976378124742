import { expect, it } from '@jest/globals';
import { MalformedAppendError } from '../encode.js';
import type { EventStore, NewEvent } from '../port.js';
import { event, eventsOf, freshName } from './fixtures.js';

type Malformed = readonly [what: string, stream: string, events: readonly unknown[], expected: unknown];

const good = (change: object): object => ({ ...event(), ...change });
const loop: Record<string, unknown> = {};
loop['self'] = loop;

const MALFORMED: readonly Malformed[] = [
  ['no events', 's-1', [], 'no-stream'],
  ['an empty stream name', '', [event()], 'no-stream'],
  ['a stream name of the system', '$s', [event()], 'no-stream'],
  ['a stream name with a control character', 's\u001b[2J', [event()], 'no-stream'],
  ['a stream name with a lone surrogate', 's\ud800', [event()], 'no-stream'],
  ['an id that is no UUID', 's-1', [good({ id: 'not-a-uuid' })], 'no-stream'],
  ['an id in capitals', 's-1', [good({ id: '6F9619FF-8B86-4D01-B42D-00CF4FC964FF' })], 'no-stream'],
  ['an empty type', 's-1', [good({ type: '' })], 'no-stream'],
  ['a type of the system', 's-1', [good({ type: '$deleted' })], 'no-stream'],
  ['half a mark', 's-1', [good({ data: { mark: 1.5 } })], 'no-stream'],
  ['not a number', 's-1', [good({ data: { mark: Number.NaN } })], 'no-stream'],
  ['an unsafe integer', 's-1', [good({ data: { n: 2 ** 53 } })], 'no-stream'],
  ['null', 's-1', [good({ data: { n: null } })], 'no-stream'],
  ['an absent value in a list', 's-1', [good({ data: { n: [undefined] } })], 'no-stream'],
  ['a date', 's-1', [good({ data: { n: new Date(0) } })], 'no-stream'],
  ['a bigint', 's-1', [good({ data: { n: 1n } })], 'no-stream'],
  ['a lone surrogate', 's-1', [good({ data: { n: '\udfff' } })], 'no-stream'],
  ['data that never ends', 's-1', [good({ data: loop })], 'no-stream'],
  ['data that is a list', 's-1', [good({ data: [1] })], 'no-stream'],
  ['no metadata', 's-1', [good({ metadata: undefined })], 'no-stream'],
  ['over 1 MiB in one event', 's-1', [good({ data: { x: 'x'.repeat(1_100_000) } })], 'no-stream'],
  [
    'over 1 MiB in thirty',
    's-1',
    Array.from({ length: 30 }, () => good({ data: { x: 'x'.repeat(100_000) } })),
    'no-stream',
  ],
  [
    'over 1 MiB in bytes, not in characters',
    's-1',
    [good({ data: { x: '漢'.repeat(400_000) } })],
    'no-stream',
  ],
  ['an expectation below 0', 's-1', [event()], -1],
  ['an expectation that is not whole', 's-1', [event()], 0.5],
  ['an expectation of anything', 's-1', [event()], 'any'],
];

/** Each is refused before the store sees it, and hurts nobody else: the next good append works. */
export function malformedCases(store: () => EventStore): void {
  it.each(MALFORMED)('refuses %s, and the next good append works', async (_, stream, events, expected) => {
    const next = freshName();
    const refused = store().append(stream, events as readonly NewEvent[], expected as 'no-stream');
    const [refusal, outcome] = await Promise.allSettled([
      refused,
      store().append(next, [event()], 'no-stream'),
    ]);
    expect(refusal).toMatchObject({ status: 'rejected', reason: expect.any(MalformedAppendError) });
    expect(outcome).toMatchObject({ value: { kind: 'appended', revision: 0 } });
    expect(await eventsOf(store(), next)).toHaveLength(1);
    expect((await store().readStream('s-1')).kind).toBe('no-stream');
  });
}
