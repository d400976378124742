import { describe, expect, it } from '@jest/globals';
import { SET_UP } from './app.client.js';
import { latin, me, NOON, rig, sheet, type Rig } from './app.testing.js';
import { LOCK_AFTER, readLockAfter } from './app.lock.js';
import { proving } from './platform/api/proving.js';
import type { ApiResult } from './platform/api/result.js';
import type { Call, Send } from './platform/api/transport.js';

const NEEDED: ApiResult<never> = { kind: 'problem', problem: { type: 'factor-needed', title: '', status: 401, detail: '' } };
const CALL: Call = { method: 'POST', path: '/emi/9521%2F01/submissions', body: { confirmed: true }, commandId: 'c1' };

/** Refuses until somebody has proved who they are. */
function service() {
  const calls: Call[] = [];
  let isProved = false;
  const send = (async (call: Call) => {
    calls.push(call);
    return isProved ? { kind: 'ok', value: 'done' } : NEEDED;
  }) as Send;
  return { calls, send, prove: async () => (isProved = true) };
}

describe('a call that wants a newer factor', () => {
  it('is made again once it was proved: the same call, with the same command id', async () => {
    const { calls, send, prove } = service();
    expect(await proving(send, prove)(CALL)).toEqual({ kind: 'ok', value: 'done' });
    expect(calls).toEqual([CALL, CALL]);
  });

  it('is refused as it was where nobody proves anything', async () => {
    const { calls, send } = service();
    expect(await proving(send, async () => false)(CALL)).toEqual(NEEDED);
    expect(await proving(send, undefined)(CALL)).toEqual(NEEDED);
    expect(await proving(send, () => Promise.reject(new Error('asked')))({ ...CALL, quietly: true })).toEqual(NEEDED);
    expect(calls).toHaveLength(3);
  });
});

function submitting(): Rig {
  const one = rig('submission', { component: latin });
  one.answer({ type: 'prepared', sheets: [sheet], left: 286 });
  one.press('\r\r');
  return one;
}

const asked = (factor: 'app' | 'totp') => ({
  type: 'asked', second: { factor, factors: ['app', 'totp'], number: factor === 'app' ? '42' : undefined, expiresAt: new Date(Date.UTC(2017, 0, 30, 12, 1)).toISOString() },
});

describe('an account without a second way', () => {
  it('is led to its set-up, once, and back to All services after it', () => {
    const one = rig('services-menu', {});
    one.send(SET_UP, SET_UP);
    expect(one.state().stack.map(({ name }) => name)).toEqual(['services-menu', 'account']);
    one.answer({ type: 'factors', factors: [], recoveryCodes: 0 });
    expect(one.text()).toContain('Set up my account');
    one.press('\u001b');
    expect(one.text()).toContain('you leave now, you are signed out');
    one.press('\u001b');
    one.answer({ type: 'set-up', codes: [] });
    expect([one.top(), one.effects().at(-1)]).toMatchObject(['services-menu', { effect: { type: 'services-menu/load' } }]);
  });
});

describe('over the page that asked', () => {
  it('a number is shown whole, with every way on, and what lies below stays as it is', () => {
    const one = submitting();
    const below = one.state().stack[0];
    one.send({ type: 'factor-needed' }, { type: 'factor-needed' });
    expect(one.state().stack).toHaveLength(2);
    one.answer(asked('app'));
    for (const text of ['Before this is done, prove that it is you.', '█   █  █████', 'Number 42', 'More information', 'Back']) expect(one.text()).toContain(text);
    one.answer({ type: 'proved' });
    expect(one.top()).toBe('submission');
    expect(one.state().stack[0]).toEqual(below);
    expect(one.effects().slice(-1)).toMatchObject([{ effect: { type: 'step-up/done', isProved: true } }]);
  });

  it('a password is typed and goes its own way', () => {
    const one = submitting();
    one.send({ type: 'factor-needed' });
    one.answer({ type: 'stepped', step: 'password' });
    expect(one.text()).not.toContain('Forgotten');
    one.press('secret\r');
    expect(one.effects().at(-1)).toMatchObject({ effect: { type: 'step-up/step', step: { type: 'sign-in/password', password: 'secret' } } });
  });

  it('Esc gives it up: the call is told, and nothing else closes', () => {
    const one = submitting();
    one.send({ type: 'factor-needed' });
    one.answer(asked('totp'));
    one.press('\u001b');
    expect(one.top()).toBe('submission');
    expect(one.effects().at(-1)).toMatchObject({ effect: { type: 'step-up/done', isProved: false } });
  });
});

describe('the lock', () => {
  const later = (one: Rig, minutes: number) => one.send({ type: 'second', now: NOON + minutes * 60_000 });

  it('covers the page after a while without a key, and opens on it as it was', () => {
    const one = submitting();
    const below = one.state().stack[0];
    later(one, 24);
    expect(one.top()).toBe('submission');
    later(one, 25);
    expect(one.top()).toBe('lock');
    expect(one.text()).toContain('Nobody has typed for a while.');
    expect(one.text()).not.toContain('0001');
    expect(one.state().stack[0]).toEqual(below);
    later(one, 60);
    expect(one.state().stack).toHaveLength(2);
    expect(one.effects().some((effect) => effect.type === 'of-screen' && effect.effect.type === 'step-up/begin')).toBe(false);
    one.press('\u001b');
    one.press('\r');
    expect(one.effects().at(-1)).toMatchObject({ effect: { type: 'step-up/begin' } });
    one.answer({ type: 'stepped', step: 'password' });
    one.press('\u001b');
    expect(one.text()).toContain('Unlock');
    one.answer({ type: 'proved' });
    expect(one.top()).toBe('submission');
    // Nobody has pressed a key since: an approval is as good as one.
    later(one, 61);
    expect(one.top()).toBe('submission');
  });

  it('waits for the length of a paper where marks are typed, and begins anew with every key', () => {
    const sheet = { component: latin, centre: '68101', name: 'Aberteifi', sheets: [] };
    const one = rig('mark-entry', sheet);
    later(one, 119);
    one.press('x');
    later(one, 121);
    expect(one.top()).toBe('mark-entry');
    later(one, 239);
    expect(one.top()).toBe('lock');
  });

  it('is no lock where nobody is signed in, and goes with a new sign-in', () => {
    const nobody = rig('sign-in', {}, undefined, null);
    later(nobody, 600);
    expect(nobody.top()).toBe('sign-in');
    const one = submitting();
    later(one, 30);
    one.send({ type: 'session-ended' });
    expect(one.top()).toBe('sign-in');
    one.send({ type: 'session-began', me });
    expect(one.top()).toBe('submission');
  });

  it('keeps to the setting, and to its own time where that is no number', () => {
    expect(readLockAfter({ PORTAL_LOCK_MINUTES: '5' })).toEqual({ usuallyMs: 300_000, onLongWorkMs: 300_000 });
    expect(readLockAfter({ PORTAL_LOCK_MINUTES: '0' }).usuallyMs).toBe(Infinity);
    expect(readLockAfter({ PORTAL_LOCK_MINUTES: '-1' })).toBe(LOCK_AFTER);
  });
});
