/** Whoever tries passwords learns nothing, and keeps nobody out of where they work. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contextOf, PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, signInWith, type Answer } from '../testing/terminal.js';

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(now) });
});
beforeEach(() => {
  now += 48 * 3_600_000;
});
afterAll(() => identity.stop());

const MINUTE_MS = 60_000;
const WRONG = 'anghywir iawn';

const tryOnce = async (username: string, password: string, cookies?: Map<string, string>): Promise<Answer> => {
  const flow = await beginSignIn(identity.url, cookies);
  await flow.step('username', { username });
  return flow.step('password', { password });
};

/** Slowly enough for the limit of tries a minute. */
async function tryWrong(username: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    if (n % 4 === 0) now += MINUTE_MS + 1;
    const { status } = await tryOnce(username, WRONG);
    expect(status).toBe(401);
  }
}

const locksOf = async () => (await identity.log()).filter(({ type }) => type === 'AccountLocked').map(({ data }) => data);

async function newAccount(): Promise<string> {
  const username = `${randomUUID()}@example.org`;
  await identity.directory.create({ username, displayName: 'Another', roles: ['appointee'] }, contextOf());
  await identity.directory.setPassword(username, PASSWORD);
  return username;
}

describe('a place from which wrong passwords come', () => {
  it('is locked after ten, for a minute, then twice as long; what is tried meanwhile lengthens nothing', async () => {
    const before = (await locksOf()).length;
    await tryWrong(USERNAME, 10);
    const [first] = (await locksOf()).slice(before);
    expect(first).toEqual({ account: identity.account, scope: 'place', until: new Date(now + MINUTE_MS).toISOString() });
    now += MINUTE_MS / 2;
    expect((await tryOnce(USERNAME, PASSWORD)).body).toMatchObject({ status: 401, type: 'password-refused' });
    expect((await locksOf()).length).toBe(before + 1);
    now += MINUTE_MS / 2 + 1;
    await tryWrong(USERNAME, 1);
    const [, second] = (await locksOf()).slice(before);
    expect(second?.['until']).toBe(new Date(now + 2 * MINUTE_MS).toISOString());
    now += 2 * MINUTE_MS + 1;
    expect((await tryOnce(USERNAME, PASSWORD)).body).toEqual({ step: 'stay' });
  });

  it('stays locked over a restart, and is opened by an administrator', async () => {
    const username = await newAccount();
    await tryWrong(username, 10);
    identity = await identity.restart();
    expect((await tryOnce(username, PASSWORD)).status).toBe(401);
    expect(await identity.directory.unlock(username, contextOf())).toMatchObject({ event: expect.any(String) });
    expect((await identity.log()).at(-1)).toMatchObject({ type: 'AccountUnlocked', metadata: { actor: 'admin-1' } });
    expect((await tryOnce(username, PASSWORD)).status).toBe(200);
    expect(await identity.directory.unlock(username, contextOf())).toEqual({ event: null, position: null });
    expect(await identity.directory.unlock('nobody@example.org', contextOf())).toHaveProperty('refused');
  });

  it('does not keep out a device on which the person signed in before', async () => {
    const username = await newAccount();
    const cookies = new Map<string, string>();
    await signInWith(identity.url, { username, cookies });
    await tryWrong(username, 10);
    expect((await tryOnce(username, PASSWORD)).status).toBe(401);
    expect((await tryOnce(username, PASSWORD, cookies)).body).toEqual({ step: 'stay' });
    // The token of another device is worth nothing.
    expect((await tryOnce(username, PASSWORD, new Map([['portal_device', 'x'.repeat(43)]]))).status).toBe(401);
  });
});

describe('many people behind one address', () => {
  it('sign in, sixty in a minute, though each mistypes once', async () => {
    const people = await Promise.all(Array.from({ length: 60 }, newAccount));
    for (const username of people) {
      expect((await tryOnce(username, WRONG)).status).toBe(401);
      expect((await tryOnce(username, PASSWORD)).status).toBe(200);
    }
  });
});
