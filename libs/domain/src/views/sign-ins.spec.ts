import { describe, expect, it } from '@jest/globals';
import { signIns, signInsKey, type SignInsDocument } from './sign-ins.js';
import type { Recorded } from './view.js';

let count = 0;
const event = (type: string, data: object, { stream = 'session-s1', actor = 'anna', recordedAt = '2017-01-30T12:34:56.000Z' } = {}): Recorded => ({
  id: `e${(count += 1)}`, type, data, metadata: { actor, recordedAt }, stream, revision: 0, position: String(count).padStart(20, '0'),
});
const folded = (...events: readonly Recorded[]): SignInsDocument | undefined =>
  events.reduce<SignInsDocument | undefined>((before, one) => (signIns.keys(one).length > 0 ? signIns.evolve(signIns.keys(one)[0]!, before, one) : before), undefined);

describe('the log of sign-ins', () => {
  it('says who, where, how and why, as far as the event does', () => {
    const { entries } = folded(
      event('SignInStarted', { account: 'anna', client: 'portal-terminal/0.2.0' }),
      event('ApprovalDenied', { account: 'anna', request: 'r1', device: 'd1', reason: 'wrong-number' }),
      event('SignedIn', { account: 'anna', session: 's1', amr: ['pwd', 'swk'], device: 'portal-terminal/0.2.0', kept: true }),
      event('FactorsReset', { account: 'anna', factors: ['app', 'totp'] }, { stream: 'account-anna', actor: 'admin' }),
      event('SessionRevoked', { account: 'anna', session: 's1', reason: 'reuse' }, { actor: 'process:identity' }),
      event('SigningKeyRotated', { key: 'k2', before: 'k1' }, { stream: 'signingKeys', actor: 'admin' }),
      event('PasswordRefused', { nameHash: '5f2a', client: 'x' }, { stream: 'signInRefusals-2017-01-30', actor: 'nobody' }),
    )!;
    expect(entries).toMatchObject([
      { type: 'SignInStarted', account: 'anna', session: 's1', device: 'portal-terminal/0.2.0' },
      { type: 'ApprovalDenied', device: 'd1', reason: 'wrong-number' },
      { type: 'SignedIn', session: 's1', amr: ['pwd', 'swk'] },
      { type: 'FactorsReset', by: 'admin', factor: 'app totp' },
      { type: 'SessionRevoked', by: 'process:identity', reason: 'reuse' },
      { type: 'SigningKeyRotated', by: 'admin' },
      { type: 'PasswordRefused', device: 'x' },
    ]);
    expect(entries[0]).not.toHaveProperty('by');
    expect(entries[6]).not.toHaveProperty('account');
    expect(entries[6]).not.toHaveProperty('by');
    expect(JSON.stringify(entries)).not.toContain('5f2a');
  });

  it('holds ten minutes in one document, found by the day', () => {
    expect(signInsKey('2017-01-30T12:34:56.000Z')).toBe('2017-01-30T12:3');
    expect(signIns.keys(event('SignedOut', { account: 'anna', session: 's1' }))).toEqual(['2017-01-30T12:3']);
  });

  it('takes nothing that is no sign-in, nor what somebody looks at', () => {
    expect(folded(event('WorkAsChanged', { account: 'anna', session: 's1', component: 'x', role: 'principal' }))).toBeUndefined();
    expect(folded(event('MarkEntered', { candidate: '0001' }, { stream: 'markSheet-x-68101' }))).toBeUndefined();
    expect(folded(event('PersonRecorded', { account: 'anna', username: 'anna', displayName: 'Anna' }, { stream: 'person-1' }))).toBeUndefined();
  });
});
