import { scryptSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { API_RESOURCE } from '@portal/contract';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { openDatabase } from '../platform/database.js';
import { contextOf, PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, post, signIn } from '../testing/terminal.js';

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(now) });
});
afterEach(() => {
  identity.breakLog(undefined);
  // Beyond the minute in which wrong passwords count.
  now += 61_000;
});
afterAll(() => identity.stop());

const atPassword = async (username = USERNAME) => {
  const flow = await beginSignIn(identity.url);
  await flow.step('username', { username });
  return flow;
};

describe('signing in', () => {
  it('hashes anew, once, what was hashed in the way of before', async () => {
    const database = openDatabase(join(identity.folder, 'identity.db'));
    const kept = () => String(database.prepare('SELECT password FROM logins WHERE account = ?').get(identity.account)?.['password']);
    const salt = Buffer.from('of before');
    const key = scryptSync(PASSWORD, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
    const [written, bare] = [salt, key].map((bytes) => bytes.toString('base64').replace(/=+$/, ''));
    database.prepare('UPDATE logins SET password = ? WHERE account = ?').run(`$scrypt$ln=14,r=8,p=1$${written}$${bare}`, identity.account);
    expect((await (await atPassword()).step('password', { password: `${PASSWORD}!` })).status).toBe(401);
    expect(kept()).toMatch(/^\$scrypt\$/);
    expect((await (await atPassword()).step('password', { password: PASSWORD })).body).toEqual({ step: 'stay' });
    const anew = kept();
    expect(anew).toMatch(/^\$argon2id\$/);
    expect((await (await atPassword()).step('password', { password: PASSWORD })).body).toEqual({ step: 'stay' });
    expect(kept()).toBe(anew);
    database.close();
  });

  it('asks for name, password and staying, and gives tokens with the claims the API trusts', async () => {
    now = Date.now();
    const flow = await beginSignIn(identity.url);
    expect((await flow.shown()).body).toEqual({ step: 'username' });
    const named = await flow.step('username', { username: USERNAME });
    expect(named.body).toEqual({ step: 'password', username: USERNAME });
    expect((await flow.step('password', { password: PASSWORD })).body).toEqual({ step: 'stay' });
    const done = await flow.step('stay', { stay: false });
    expect(done.body).toEqual({ step: 'done', resume: expect.stringMatching(/^\/oidc\/auth\//) });
    const tokens = await flow.exchange(await flow.resume(String(done.body['resume'])));

    const keys = createRemoteJWKSet(new URL(`${identity.url}/oidc/jwks`));
    const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, {
      issuer: `${identity.url}/oidc`, audience: API_RESOURCE, algorithms: ['ES256'],
    });
    expect(protectedHeader.typ).toBe('at+jwt');
    expect(payload).toMatchObject({ sub: identity.account, amr: ['pwd'], sid: expect.any(String), scope: 'portal' });
    expect(payload['auth_time']).toBe(Math.floor(now / 1000));
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
    expect(tokens.claims()).toMatchObject({ sub: identity.account, amr: ['pwd'], auth_time: payload['auth_time'] });
  });

  it('records the sign-in, in the session that the token names, without name or password', async () => {
    const { access_token: token } = await signIn(identity.url, true);
    const sid = String(decodeJwt(token)['sid']);
    const events = (await identity.log()).filter(({ stream }) => stream === `session-${sid}`);
    expect(events.map(({ type }) => type)).toEqual(['SignInStarted', 'SignedIn']);
    expect(events[1]?.data).toEqual({
      account: identity.account, session: sid, amr: ['pwd'], device: 'portal-terminal/0.1.0', kept: true,
    });
    const others = (await identity.log()).filter(({ type }) => type !== 'PersonRecorded');
    expect(JSON.stringify(others)).not.toMatch(/user7|llyfr/i);
  });

  it('refuses a wrong password, records it, and asks again', async () => {
    const flow = await atPassword();
    const refused = await flow.step('password', { password: 'anghywir' });
    expect([refused.status, refused.body['type']]).toEqual([401, 'password-refused']);
    const last = (await identity.log()).at(-1);
    expect(last).toMatchObject({ type: 'PasswordRefused', stream: `account-${identity.account}` });
    expect((await flow.step('password', { password: PASSWORD })).body).toEqual({ step: 'stay' });
  });

  it('goes on with an unknown name, refuses it like a wrong password, and records only a keyed hash', async () => {
    const flow = await atPassword('nobody@example.org');
    const refused = await flow.step('password', { password: PASSWORD });
    expect([refused.status, refused.body['type']]).toEqual([401, 'password-refused']);
    const last = (await identity.log()).at(-1);
    expect(last?.stream).toMatch(/^signInRefusals-\d{4}-\d\d-\d\d$/);
    expect(last?.data).toEqual({ nameHash: expect.stringMatching(/^[0-9a-f]{64}$/), client: 'portal-terminal/0.1.0' });
  });

  it('takes as long for an unknown name as for a known one', async () => {
    const elapsed = async (username: string) => {
      const flow = await atPassword(username);
      const from = performance.now();
      await flow.step('password', { password: 'anghywir' });
      return performance.now() - from;
    };
    const [known, unknown] = [await elapsed(USERNAME), await elapsed('nobody@example.org')];
    // Without the work for nobody it would be a hundredth.
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it('lets a name wait after five wrong passwords in a minute, even with the right one, and no longer', async () => {
    const flow = await atPassword();
    await Promise.all([1, 2, 3, 4, 5].map(() => flow.step('password', { password: 'anghywir' })));
    const sixth = await flow.step('password', { password: PASSWORD });
    expect([sixth.status, sixth.body['type']]).toEqual([429, 'too-many-requests']);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    now += 61_000;
    expect((await flow.step('password', { password: PASSWORD })).status).toBe(200);
  });

  it('lets a mistyped name be typed again until it is proven', async () => {
    const flow = await atPassword('nobody@example.org');
    expect((await flow.step('username', { username: USERNAME })).body).toMatchObject({ step: 'password' });
    await flow.step('password', { password: PASSWORD });
    expect((await flow.step('username', { username: 'nobody@example.org' })).status).toBe(422);
  });

  it('refuses steps out of order, steps that do not exist, and sign-ins of others', async () => {
    const flow = await beginSignIn(identity.url);
    expect((await flow.step('stay', { stay: true })).body).toMatchObject({ status: 422, type: 'malformed-request' });
    expect((await flow.step('password', { password: PASSWORD })).status).toBe(422);
    expect((await flow.step('fingerprint', {})).status).toBe(404);
    const without = await post(`${identity.url}/sign-in/${flow.uid}/username`, { username: USERNAME });
    expect([without.status, without.body['type']]).toEqual([401, 'sign-in-refused']);
  });

  it('asks everybody anew in a browser where somebody else signed in before', async () => {
    const username = 'another@example.org';
    await identity.directory.create({ username, displayName: 'Another', roles: ['appointee'] }, contextOf());
    await identity.directory.setPassword(username, PASSWORD);
    const cookies = new Map<string, string>();
    const subjects = [];
    for (const who of [USERNAME, username, username]) {
      const flow = await beginSignIn(identity.url, cookies);
      expect((await flow.shown()).body).toEqual({ step: 'username' });
      await flow.step('username', { username: who });
      await flow.step('password', { password: PASSWORD });
      const { body } = await flow.step('stay', { stay: false });
      subjects.push((await flow.exchange(await flow.resume(String(body['resume'])))).claims()?.sub);
    }
    expect(new Set(subjects).size).toBe(2);
    expect(subjects[0]).toBe(identity.account);
  });

  it('gives one sign-in where the last answer arrives twice at once', async () => {
    const flow = await atPassword();
    await flow.step('password', { password: PASSWORD });
    const [one, other] = await Promise.all([flow.step('stay', { stay: true }), flow.step('stay', { stay: false })]);
    expect(one).toMatchObject({ status: 200, body: other.body });
    expect((await identity.log()).slice(-2).map(({ type }) => type)).toEqual(['SignInStarted', 'SignedIn']);
  });

  it('repeats its last answer, and records nothing twice', async () => {
    const flow = await atPassword();
    await flow.step('password', { password: PASSWORD });
    const first = await flow.step('stay', { stay: true });
    const events = (await identity.log()).length;
    expect(await flow.step('stay', { stay: true })).toMatchObject({ status: 200, body: first.body });
    expect((await identity.log()).length).toBe(events);
  });

  it.each([['unknown', 503, 'outcome-unknown'], ['full', 507, 'store-full']] as const)(
    'issues nothing while the log cannot be written (%s), and goes on afterwards', async (reason, status, type) => {
      const flow = await atPassword();
      identity.breakLog(reason);
      expect(await flow.step('password', { password: PASSWORD })).toMatchObject({ status, body: { type } });
      identity.breakLog(undefined);
      await flow.step('password', { password: PASSWORD });
      identity.breakLog(reason);
      expect(await flow.step('stay', { stay: true })).toMatchObject({ status, body: { type } });
      identity.breakLog(undefined);
      expect((await flow.step('stay', { stay: true })).body['step']).toBe('done');
    },
  );
});
