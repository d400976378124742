import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, hashEvent } from './chain.js';
import { eventId } from './event-id.js';
import type { EventValue } from './port.js';

describe('canonical JSON', () => {
  it('sorts keys, leaves absent values out and says nothing twice', () => {
    expect(canonicalJson({ b: 1, a: ['x', true, { d: undefined, c: -0 }], é: 'ŵ"\n' })).toBe(
      '{"a":["x",true,{"c":0}],"b":1,"é":"ŵ\\"\\n"}',
    );
  });

  it('is the same for a value that has been on disk', () => {
    const values = fc.letrec<{ value: EventValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary' }),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    }));
    fc.assert(
      fc.property(
        values.value,
        (value) => canonicalJson(JSON.parse(JSON.stringify(value)) as EventValue) === canonicalJson(value),
      ),
    );
  });
});

describe('the hash and the id of an event', () => {
  const event = {
    stream: 'markSheet-9521%2F01@2017-01-68101',
    revision: 3,
    id: '220935a8-0968-5916-bedc-c8e04150be34',
    type: 'MarkEntered',
    data: { candidate: '0001', mark: 34 },
    metadata: { schema: 1 },
  };

  it('never change: chains of years hang on them', () => {
    expect(hashEvent(event)).toBe('6941da55d7f473d5c2d0cacb6e78d4722acada37b9eb0aacb7eca435a4ced4c8');
    expect(eventId('a0d3dbb9-2bc9-4cc9-8140-4709651e3e66', 'x-1', 0)).toBe(
      '220935a8-0968-5916-bedc-c8e04150be34',
    );
  });

  it('differ with everything a writer decides, and with nothing a store adds', () => {
    const changed = [
      { stream: 'x' },
      { revision: 4 },
      { id: 'x' },
      { type: 'x' },
      { data: {} },
      { metadata: {} },
    ];
    expect(new Set([event, ...changed.map((c) => ({ ...event, ...c }))].map(hashEvent)).size).toBe(7);
    expect(hashEvent({ ...event, ...{ position: '7' } })).toBe(hashEvent(event));
  });
});
