import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { authorize, call, signInAtAmp, signOutOfAmp, type Jar } from '../testing/amp.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { discover, post, signInWith } from '../testing/terminal.js';

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => void (identity = await runIdentity({ clock: () => new Date(now) })));
afterAll(() => identity.stop());

const asksIn = async (jar: Jar, change?: Record<string, string>) =>
  (await authorize(identity.url, jar, change)).to.pathname.startsWith('/sign-in/');
const refresh = async (token = '') => openid.refreshTokenGrant(await discover(identity.url), token);

describe('signed in to AMP', () => {
  it('opens the Portal without questions, each time a sign-in of its own; signing out of AMP ends them and no other', async () => {
    const jar: Jar = new Map();
    expect(await asksIn(jar)).toBe(true);
    await signInAtAmp(identity.url, jar);
    const status = await (await call(jar, `${identity.url}/amp`)).json();
    expect(status).toMatchObject({ username: expect.stringContaining('@'), kept: false });
    const [first, second] = [await (await authorize(identity.url, jar)).exchange(), await (await authorize(identity.url, jar)).exchange()];
    const [a, b] = [decodeJwt(first.access_token), decodeJwt(second.access_token)];
    expect(a['sid']).not.toBe(b['sid']);
    expect(a).toMatchObject({ sub: identity.account, amr: ['pwd'], scope: 'portal' });
    const since = Date.parse((status as { since: string }).since) / 1000;
    expect([a['auth_time'], b['auth_time'], a['factor_time']]).toEqual([since, since, since]);
    const events = (await identity.log()).filter(({ stream }) => stream === `session-${String(a['sid'])}`);
    expect(events.map(({ type }) => type)).toEqual(['SignInStarted', 'SignedIn']);
    expect(events[1]?.data).toMatchObject({ device: 'portal-terminal/0.1.0', kept: false, amr: ['pwd'] });
    const { refresh_token: kept } = await refresh(first.refresh_token);
    const apart = await signInWith(identity.url);
    expect(await signOutOfAmp(identity.url, jar)).toMatchObject({ status: 200, body: { signedOut: 3 } });
    await expect(refresh(kept)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(refresh(second.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    const ends = (await identity.log()).filter(({ type }) => ['SignedOut', 'SessionRevoked'].includes(type));
    expect(ends.filter(({ stream }) => stream === `session-${String(a['sid'])}`)).toMatchObject([
      { type: 'SessionRevoked', data: { reason: 'amp-sign-out' }, metadata: { actor: identity.account } },
    ]);
    expect(ends.map(({ type }) => type)).toEqual(['SessionRevoked', 'SessionRevoked', 'SignedOut']);
    await refresh(apart.refresh_token);
    expect(await asksIn(jar)).toBe(true);
    expect((await call(jar, `${identity.url}/amp`)).status).toBe(401);
    expect((await signOutOfAmp(identity.url, jar)).status).toBe(401);
  });

  it('is ended from another sign-in with all that it opened, and the log says who did', async () => {
    const jar: Jar = new Map();
    const open = () => identity.signIns.openOf(identity.account, new Date(now)).map(({ session }) => session);
    const before = open();
    await signInAtAmp(identity.url, jar);
    const amp = open().find((session) => !before.includes(session));
    const opened = await (await authorize(identity.url, jar)).exchange();
    const from = await signInWith(identity.url);
    const answer = await post(`${identity.url}/sessions/end`, { session: amp }, { authorization: `Bearer ${from.access_token}` });
    expect(answer.body).toEqual({ ended: true });
    await expect(refresh(opened.refresh_token)).rejects.toMatchObject({ error: 'invalid_grant' });
    const ends = (await identity.log()).filter(({ type, metadata }) => type === 'SessionRevoked' && metadata['session'] === decodeJwt(from.access_token)['sid']);
    expect(ends).toHaveLength(2);
    expect(await asksIn(jar)).toBe(true);
    await refresh(from.refresh_token);
  });

  it('asks all the same whoever wants to be asked, and a sign-in at the Portal alone opens nothing', async () => {
    const jar: Jar = new Map();
    await signInAtAmp(identity.url, jar, true);
    for (const prompt of ['login', 'consent', 'login consent']) expect(await asksIn(jar, { prompt })).toBe(true);
    expect(await asksIn(jar, { max_age: '0' })).toBe(true);
    // The questions that were asked meanwhile left AMP as it was.
    expect(await asksIn(jar)).toBe(false);
    const own: Jar = new Map();
    await signInWith(identity.url, { cookies: own });
    expect([...own.keys()].filter((name) => name.startsWith('_session'))).toEqual([]);
    expect(await asksIn(own)).toBe(true);
    const { to } = await authorize(identity.url, own, { prompt: 'none' });
    expect(to.searchParams.get('error')).toBe('login_required');
  });

  it('a session that was there before is not the one after signing in, and a changed one is none', async () => {
    const jar: Jar = new Map();
    await signInAtAmp(identity.url, jar);
    const before = jar.get('_session');
    const { to } = await authorize(identity.url, jar, { prompt: 'login' });
    expect(to.pathname).toMatch(/^\/sign-in\//);
    const planted: Jar = new Map([['_session', 'planted'], ['_session.sig', 'x']]);
    await signInAtAmp(identity.url, planted);
    expect(planted.get('_session')).not.toBe('planted');
    expect(await asksIn(new Map([...jar, ['_session', planted.get('_session') ?? '']]))).toBe(true);
    expect(jar.get('_session')).toBe(before);
  });

  it('ends after half an hour without use unless it is kept, and with everything that is signed out everywhere', async () => {
    const [jar, kept]: [Jar, Jar] = [new Map(), new Map()];
    await signInAtAmp(identity.url, jar);
    await signInAtAmp(identity.url, kept, true);
    now += 29 * 60_000;
    expect(await asksIn(jar)).toBe(false);
    now += 31 * 60_000;
    expect([await asksIn(jar), await asksIn(kept)]).toEqual([true, false]);
    await identity.signIns.endAll(identity.account, new Date(now));
    expect(await asksIn(kept)).toBe(true);
  });

  it('leads nowhere but to what is registered', async () => {
    const jar: Jar = new Map();
    await signInAtAmp(identity.url, jar, true);
    for (const redirect of ['http://127.0.0.1.example.org/signed-in', 'https://example.org/', 'http://127.0.0.1/elsewhere', 'javascript:alert(1)', '//example.org']) {
      const { to } = await authorize(identity.url, jar, { redirect_uri: redirect });
      expect(to.href).toBe('none:');
    }
  });
});
