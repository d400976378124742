import { describe, expect, it } from '@jest/globals';
import { derivedId, isUuid, newCommandId } from './command-id.js';

describe('command ids', () => {
  it('follow from base and name as UUID version 5 says', () => {
    // The example of RFC 9562, appendix A.4: www.example.com in the DNS name space.
    const derived = derivedId('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com');
    expect(derived).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('differ by name, and are UUIDs', () => {
    const base = newCommandId();
    expect(derivedId(base, '1 68101 0001 34')).not.toBe(derivedId(base, '1 68101 0001 43'));
    expect(isUuid(derivedId(base, 'x'))).toBe(true);
    expect(['', 'x', `${base} `, base.slice(1), '2ed6657d-e927-968b-95e1-2665a8aea6a2'].filter(isUuid)).toEqual([]);
  });
});
