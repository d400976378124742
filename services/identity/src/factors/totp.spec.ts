import { describe, expect, it } from '@jest/globals';
import { codeAt, newTotpSecret, stepOf, totpUri } from './totp.js';

/** Of RFC 6238, appendix B: the ASCII text 12345678901234567890. Six digits are the last six of its eight. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('a time-based code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is what RFC 6238 says at %d s', (seconds, code) => {
    expect(codeAt(RFC, at(seconds))).toBe(code);
    expect(stepOf(RFC, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it.each([[-2, false], [-1, true], [0, true], [1, true], [2, false]])('of step %d is taken: %s', (steps, isTaken) => {
    const now = 1_700_000_000;
    const code = codeAt(RFC, at(now + steps * 30));
    expect(stepOf(RFC, code, at(now))).toBe(isTaken ? Math.floor(now / 30) + steps : undefined);
  });

  it('comes from 160 random bits, and is told to an app by an address', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    const uri = new URL(totpUri(secret, 'user7@wjec-appointees.co.uk'));
    expect([uri.protocol, uri.host, uri.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', secret]);
  });
});
