import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wantedContent, type AskedHeaders } from './wanted-content.js';

const ETAG = '"abc"';
const asked = (headers: Partial<AskedHeaders>, size = 100) =>
  wantedContent({ ifNoneMatch: undefined, range: undefined, ifRange: undefined, ...headers }, ETAG, size);
const part = (from: number, to: number) => ({ kind: 'part', range: { from, to } });

describe('what is wanted of a file', () => {
  it.each([
    [undefined, { kind: 'whole' }],
    ['bytes=0-', part(0, 99)],
    ['bytes=0-0', part(0, 0)],
    ['bytes=90-200', part(90, 99)],
    ['bytes=-10', part(90, 99)],
    ['bytes=-500', part(0, 99)],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-2', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['lines=1-2', { kind: 'whole' }],
  ])('%s: %j', (range, wanted) => expect(asked({ range })).toEqual(wanted));

  it('is nothing where they have it, and the whole where they have an older one', () => {
    expect(asked({ ifNoneMatch: 'W/"x", "abc"', range: 'bytes=0-1' })).toEqual({ kind: 'unchanged' });
    expect(asked({ ifNoneMatch: '*' })).toEqual({ kind: 'unchanged' });
    expect(asked({ ifNoneMatch: '"x"' })).toEqual({ kind: 'whole' });
    expect(asked({ range: 'bytes=1-2', ifRange: '"x"' })).toEqual({ kind: 'whole' });
    expect(asked({ range: 'bytes=1-2', ifRange: ETAG })).toEqual(part(1, 2));
  });

  it('never reaches outside it, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'bytes=-,0123456789 ') }), fc.nat(50), (text, size) => {
        const wanted = asked({ range: `bytes=${text}` }, size);
        if (wanted.kind !== 'part') return;
        expect(wanted.range.from).toBeLessThanOrEqual(wanted.range.to);
        expect(wanted.range.to).toBeLessThan(size);
      }),
    );
  });
});
