import { describe, expect, it } from '@jest/globals';
import { latin, rig, sheet, type Rig } from './app.testing.js';
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
