/** What an administrator does for somebody who cannot get in, or must not. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atSecondStep, newPerson, setUpTotp } from '../testing/factors.js';
import { contextOf, runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { post, signInWith } from '../testing/terminal.js';

let identity: RunningIdentity;
beforeAll(async () => {
  identity = await runIdentity();
});
afterAll(() => identity.stop());

describe('the sign-ins of an account', () => {
  it('are listed to the person, and ended by an administrator, whose deed it is', async () => {
    const person = await newPerson(identity);
    const { access_token: token } = await signInWith(identity.url, { username: person.username, stay: true });
    const list = () => post(`${identity.url}/sessions/list`, {}, { authorization: `Bearer ${token}` });
    const { sessions } = (await list()).body as { sessions: readonly Record<string, unknown>[] };
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ here }) => here)).toMatchObject([{ kept: true, device: 'portal-terminal/0.1.0' }]);
    const ended = await identity.directory.endSessions(person.username, contextOf());
    expect(ended).toMatchObject({ event: expect.any(String) });
    const events = (await identity.log()).slice(-2);
    expect(events).toMatchObject([1, 2].map(() => ({ type: 'SessionRevoked', data: { reason: 'administrator' }, metadata: { actor: 'admin-1' } })));
    expect((await list()).body).toMatchObject({ status: 401, type: 'not-signed-in' });
    expect(await identity.directory.endSessions(person.username, contextOf())).toEqual({ event: null, position: null });
    await identity.signIns.cleanUp(new Date());
    expect((await identity.log()).at(-1)?.type).toBe('SessionRevoked');
    await signInWith(identity.url, { username: person.username });
    identity.breakLog('unknown');
    expect(await identity.directory.endSessions(person.username, contextOf())).toEqual({ failed: 'unknown' });
    identity.breakLog(undefined);
    await identity.signIns.cleanUp(new Date());
    expect((await identity.log()).at(-1)).toMatchObject({ type: 'SessionRevoked', data: { reason: 'administrator' }, metadata: { actor: 'admin-1' } });
  });
});

describe('one’s own sign-ins', () => {
  it('are ended one by one, recorded as revoked by the person; nobody else’s, and none twice', async () => {
    const [mine, other] = [await newPerson(identity), await newPerson(identity)];
    const list = async ({ call }: typeof mine) => (await call('sessions/list')).body['sessions'] as { session: string; here: boolean }[];
    await signInWith(identity.url, { username: mine.username });
    const [there] = (await list(mine)).filter(({ here }) => !here);
    const end = async (by: typeof mine, session: unknown) => (await by.call('sessions/end', { session })).body;
    expect(await end(other, there?.session)).toEqual({ ended: false });
    expect(await end(mine, there?.session)).toEqual({ ended: true });
    expect((await identity.log()).at(-1)).toMatchObject({
      type: 'SessionRevoked', data: { account: mine.account, session: there?.session, reason: 'elsewhere' }, metadata: { actor: mine.account },
    });
    expect(await end(mine, there?.session)).toEqual({ ended: false });
    expect(await end(mine, 7)).toMatchObject({ type: 'malformed-request' });
    const [here] = await list(mine);
    expect(here).toMatchObject({ here: true });
    expect(await end(mine, here?.session)).toEqual({ ended: true });
    expect((await mine.call('factors/list')).body['type']).toBe('not-signed-in');
    expect(await list(other)).toHaveLength(1);
  });
});

describe('the factors of an account', () => {
  it('are taken away, recorded, and asked for no longer', async () => {
    const person = await newPerson(identity);
    await setUpTotp(person, new Date());
    expect((await atSecondStep(identity, person.username)).first.body).toMatchObject({ step: 'code' });
    const reset = await identity.directory.resetFactors(person.username, contextOf());
    expect((await identity.log()).at(-1)).toMatchObject({
      type: 'FactorsReset', data: { factors: ['totp', 'recovery'] }, metadata: { actor: 'admin-1' },
    });
    expect(reset).toMatchObject({ event: expect.any(String) });
    expect((await atSecondStep(identity, person.username)).first.body).toEqual({ step: 'stay' });
    expect(await identity.directory.resetFactors(person.username, contextOf())).toEqual({ event: null, position: null });
  });
});
