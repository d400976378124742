import { describe, expect, it } from '@jest/globals';
import { keysIn } from './keys.js';
import { ended, headingOf, keyed, listed, screenStart, secondsLeft, type ScreenState } from './state.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const request = (name: string, purpose: 'sign-in' | 'proof' = 'sign-in') => ({
  request: name, purpose, username: 'user7@example.org', client: 'portal-terminal/0.1.0', address: '127.0.0.1',
  requestedAt: '2026-11-24T09:59:50Z', expiresAt: '2026-11-24T10:00:50Z',
});
const none = screenStart(['user7@example.org'], NOW);
const one = listed(none, [request('a')], NOW);
const two = listed(none, [request('a'), request('b')], NOW);

/** All keys of one read, as they come from a terminal; what was sent, last. */
function typed(state: ScreenState, text: string) {
  return keysIn(text).reduce<ReturnType<typeof keyed>>((step, key) => {
    const next = keyed(step.state, key);
    return { ...step, ...next };
  }, { state });
}

describe('the screen of the authenticator', () => {
  it('sends the two digits that were typed, whether they come key by key or in one read', () => {
    expect(typed(one, '42\r').answer).toEqual({ kind: 'approve', request: 'a', number: '42' });
    expect(typed(typed(typed(one, '0').state, '7').state, '\r').answer).toEqual({ kind: 'approve', request: 'a', number: '07' });
    expect(typed(one, '1\u007f42\r').answer).toMatchObject({ number: '42' });
  });

  it('sends nothing with one digit, nothing while it waits, and nothing where nothing is open', () => {
    const short = typed(one, '4\r');
    expect([short.answer, short.state.said]).toEqual([undefined, { id: 'screen.both-digits', isError: true }]);
    const busy = typed(one, '42\r').state;
    expect([typed(busy, '\r').answer, typed(busy, 'd').answer]).toEqual([undefined, undefined]);
    expect([typed(none, '42\r').answer, typed(none, 'dr').answer]).toEqual([undefined, undefined]);
  });

  it('tells a sign-in from somebody who is signed in and proves again who they are', () => {
    const proof = listed(none, [request('a', 'proof')], NOW);
    expect([one, proof, two].map((state) => headingOf(state))).toEqual([
      'Somebody signs in. Is it you?', 'Somebody who is signed in proves again who they are. Is it you?', '2 requests wait. Which is it?',
    ]);
  });

  it('denies and reports the request that is chosen', () => {
    expect(typed(two, 'd').answer).toEqual({ kind: 'deny', request: 'a' });
    expect(typed(two, '\u001b[Br').answer).toEqual({ kind: 'report', request: 'b' });
    expect(typed(two, '\u001b[B\u001b[B\u001b[Ad').answer).toEqual({ kind: 'deny', request: 'a' });
  });

  it('forgets what was typed where another request takes the place of the one it was typed for', () => {
    const begun = typed(two, '4').state;
    expect(listed(begun, two.requests, NOW + 1).typed).toBe('4');
    expect(listed(begun, [request('b')], NOW + 1)).toMatchObject({ typed: '', chosen: 'b' });
    expect(typed(begun, '\u001b[B').state.typed).toBe('');
    expect(ended(begun, { id: 'approved', isError: false })).toMatchObject({ typed: '', chosen: 'b', isBusy: false });
  });

  it('says an old refusal no longer where a new request comes, and says it until then', () => {
    const refused = ended(one, { id: 'approval-denied', isError: true });
    expect(listed(refused, [], NOW + 1).said).toEqual({ id: 'approval-denied', isError: true });
    expect(listed(refused, [request('b')], NOW + 1).said).toBeUndefined();
    const short = typed(one, '4\r').state;
    expect(listed(short, one.requests, NOW + 1).said).toEqual({ id: 'screen.both-digits', isError: true });
  });

  it('leaves with q, Escape and Ctrl-C, also while it waits', () => {
    for (const key of ['q', '\u001b', '\u0003']) expect(typed({ ...one, isBusy: true }, key).leaves).toBe(true);
    expect(typed(one, '\u001b[C').leaves).toBeUndefined();
  });

  it('counts whole seconds down to none', () => {
    expect([NOW, NOW + 49_001, NOW + 50_000, NOW + 90_000].map((now) => secondsLeft(request('a'), now))).toEqual([50, 1, 0, 0]);
  });
});
