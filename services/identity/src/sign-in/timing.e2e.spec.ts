/**
 * Unknown, wrong, locked, disabled, without a password: one text, one status, one time. A sample here; a thousand of
 * each by `npm run soak -- --sign-in`.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { contextOf, PASSWORD, runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { toldApart } from '../testing/separation.js';
import { beginSignIn, type Answer, type Flow } from '../testing/terminal.js';

const TRIES = Number(process.env['PORTAL_SIGN_IN_TRIES'] ?? 10);
jest.setTimeout(60_000 + TRIES * 20_000);

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => {
  // An eighth of the work: the less it covers, the sooner a difference shows; the control is told apart all the same.
  identity = await runIdentity({ clock: () => new Date(now), passwordLn: 13 });
});
afterAll(() => identity.stop());

const WRONG = 'anghywir iawn';

async function newAccount(hasPassword = true): Promise<string> {
  const username = `${randomUUID()}@example.org`;
  await identity.directory.create({ username, displayName: 'P', roles: ['appointee'] }, contextOf());
  if (hasPassword) await identity.directory.setPassword(username, PASSWORD);
  return username;
}

const unlock = (username: string) => identity.directory.unlock(username, contextOf());

async function named(username: string): Promise<Flow> {
  const flow = await beginSignIn(identity.url);
  await flow.step('username', { username });
  return flow;
}

const tryOnce = async (username: string, password: string): Promise<Answer> =>
  (await named(username)).step('password', { password });

/** Every wrong one after the tenth locks for longer, up to a quarter of an hour. */
async function lock(username: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    now += 16 * 60_000;
    expect((await tryOnce(username, WRONG)).status).toBe(401);
  }
}

const shuffled = <T>(list: readonly T[]): readonly T[] =>
  list.map((value) => [randomInt(2 ** 40), value] as const).sort(([a], [b]) => a - b).map(([, value]) => value);

describe('unknown, wrong, locked, disabled, without a password', () => {
  it(`answer alike and as late, ${TRIES} times each; and an answer without the work would be noticed`, async () => {
    const [wrong, locked, disabled, silent] = [await newAccount(), await newAccount(), await newAccount(), await newAccount(false)];
    await identity.directory.disable(disabled, contextOf());
    await lock(locked, 15);
    const taken: Record<string, number[]> = { unknown: [], wrong: [], locked: [], disabled: [], silent: [] };
    const lazy: number[] = [];
    const texts = new Set<string>();
    for (let round = 0; round < TRIES; round += 1) {
      // Within every limit; and what was locked for a quarter of an hour stays so.
      now += 15_000;
      if (round % 50 === 49) await lock(locked, 1);
      if (round % 8 === 7) await Promise.all([wrong, disabled, silent].map(unlock));
      const tries = { unknown: `${randomUUID()}@example.org`, wrong, locked, disabled, silent };
      for (const [kind, username] of shuffled(Object.entries(tries))) {
        const flow = await named(username);
        const password = kind === 'locked' || kind === 'disabled' ? PASSWORD : WRONG;
        const from = performance.now();
        const { status, body } = await flow.step('password', { password });
        taken[kind]?.push(performance.now() - from);
        texts.add(JSON.stringify([status, body]));
      }
      // The control: a step that is answered without looking at a password, as often as all that did look.
      for (const nobody of Object.keys(tries)) {
        const flow = await beginSignIn(identity.url);
        const from = performance.now();
        await flow.step('username', { username: `${nobody}@example.org` });
        lazy.push(performance.now() - from);
      }
    }
    expect([...texts]).toEqual([expect.stringContaining('password-refused')]);
    expect(toldApart(taken)).toEqual([]);
    expect(toldApart({ worked: Object.values(taken).flat(), lazy })).toHaveLength(1);
  });
});
