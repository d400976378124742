import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serialized } from './serialized.js';

const row = fc.oneof(fc.jsonValue(), fc.record({ name: fc.string({ unit: 'binary', maxLength: 2_000 }), at: fc.double() }), fc.constant(undefined));

it('is what JSON.stringify makes of it, however long and in whatever alphabet', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300, size: 'max' }), (payload) => {
      expect(serialized(payload).toString()).toBe(Buffer.from(JSON.stringify(payload)).toString());
    }),
    { numRuns: 60 },
  );
  const wide = Array.from({ length: 500 }, () => ({ name: 'ŷ'.repeat(3_000), face: '\u{1f600}' }));
  expect(serialized(wide).toString()).toBe(JSON.stringify(wide));
  expect(serialized({ a: 1 })).toBe('{"a":1}');
});
