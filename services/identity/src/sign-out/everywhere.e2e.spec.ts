import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_RESOURCE } from '@portal/contract';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT, type JWTPayload } from 'jose';
import * as openid from 'openid-client';
import { openDatabase } from '../platform/database.js';
import { loadSecrets } from '../platform/secrets.js';
import { contextOf, PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, discover, post, signIn } from '../testing/terminal.js';

let identity: RunningIdentity;
beforeAll(async () => {
  identity = await runIdentity();
});
afterAll(() => identity.stop());

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

const invalid = { error: 'invalid_grant' };
const everywhere = (authorization?: string) =>
  post(`${identity.url}/sign-out/everywhere`, '', authorization === undefined ? {} : { authorization });
const everywhereBy = ({ access_token: token }: Tokens) => everywhere(`Bearer ${token}`);
const refresh = async ({ refresh_token: token = '' }: Tokens) =>
  openid.refreshTokenGrant(await discover(identity.url), token, { resource: API_RESOURCE });
const eventsOf = async ({ access_token: token }: Tokens) => {
  const stream = `session-${String(decodeJwt(token)['sid'])}`;
  return (await identity.log()).filter((event) => event.stream === stream).map(({ type }) => type);
};
const SIGNED_OUT = ['SignInStarted', 'SignedIn', 'SignedOut'];

async function signInOther(): Promise<Tokens> {
  const [username, password] = ['eira@wjec-appointees.co.uk', 'cennin pedr melyn'];
  await identity.directory.create({ username, displayName: 'Eira Test', roles: ['appointee'] }, contextOf());
  await identity.directory.setPassword(username, password);
  const flow = await beginSignIn(identity.url);
  await flow.step('username', { username });
  await flow.step('password', { password });
  const { body } = await flow.step('stay', { stay: true });
  return flow.exchange(await flow.resume(String(body['resume'])));
}

describe('signing out everywhere', () => {
  it('ends every sign-in of the account and no other, records each, and their tokens do nothing more', async () => {
    const [here, there, other] = [await signIn(identity.url, true), await signIn(identity.url), await signInOther()];
    const code = await provenSignIn();
    expect(await everywhereBy(here)).toMatchObject({ status: 200, body: { signedOut: 2 } });
    await expect(refresh(here)).rejects.toMatchObject(invalid);
    await expect(refresh(there)).rejects.toMatchObject(invalid);
    expect([await eventsOf(here), await eventsOf(there)]).toEqual([SIGNED_OUT, SIGNED_OUT]);
    expect((await code.step('stay', { stay: true })).status).toBe(401);
    const bearer = { authorization: `Bearer ${here.access_token}` };
    for (const [path, body] of [['sign-out/everywhere', ''], ['sessions/list', {}], ['sessions/end', { session: 's' }]] as const) {
      const { status, body: told } = await post(`${identity.url}/${path}`, body, bearer);
      expect([status, told['type']]).toEqual([401, 'not-signed-in']);
    }
    expect(await eventsOf(here)).toEqual(SIGNED_OUT);
    expect(await eventsOf(other)).not.toContain('SignedOut');
    await refresh(other);
  });

  it('signs out even while the log cannot be written, and records it later', async () => {
    const [here, there] = [await signIn(identity.url, true), await signIn(identity.url, true)];
    identity.breakLog('unknown');
    expect((await everywhereBy(there)).body).toEqual({ signedOut: 2 });
    identity.breakLog(undefined);
    await expect(refresh(here)).rejects.toMatchObject(invalid);
    expect(await eventsOf(here)).not.toContain('SignedOut');
    await identity.signIns.cleanUp(new Date());
    expect([await eventsOf(here), await eventsOf(there)]).toEqual([SIGNED_OUT, SIGNED_OUT]);
  });

  it('comes with a password that is chosen anew', async () => {
    const [here, there] = [await signIn(identity.url, true), await signIn(identity.url, true)];
    const unfinished = await provenSignIn();
    await identity.directory.setPassword(USERNAME, PASSWORD);
    await expect(refresh(here)).rejects.toMatchObject(invalid);
    await expect(refresh(there)).rejects.toMatchObject(invalid);
    expect((await unfinished.step('stay', { stay: true })).status).toBe(401);
    const revoked = ['SignInStarted', 'SignedIn', 'SessionRevoked'];
    expect([await eventsOf(here), await eventsOf(there)]).toEqual([revoked, revoked]);
    expect((await identity.log()).at(-1)).toMatchObject({ data: { reason: 'password-chosen' }, metadata: { actor: 'process:identity' } });
    await refresh(await signIn(identity.url, true));
  });
});

describe('without a good access token nobody is signed out', () => {
  let tokens: Tokens;
  let key: Awaited<ReturnType<typeof importJWK>>;
  beforeAll(async () => {
    tokens = await signIn(identity.url, true);
    const database = openDatabase(join(identity.folder, 'identity.db'));
    key = await importJWK(loadSecrets(database).signingKey, 'ES256');
    database.close();
  });

  const signed = (change: JWTPayload, own: Parameters<SignJWT['sign']>[0] = key) =>
    new SignJWT({ ...decodeJwt(tokens.access_token), ...change })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: decodeProtectedHeader(tokens.access_token).kid ?? '' })
      .sign(own);
  const bearer = async (token: string | Promise<string> | undefined) => `Bearer ${await token}`;

  it.each<readonly [string, () => Promise<string> | undefined]>([
    ['none', () => undefined],
    ['another scheme', async () => `Basic ${tokens.access_token}`],
    ['rubbish', () => bearer('a.b.c')],
    ['another key', () => bearer(signed({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey))],
    ['an end that has passed', () => bearer(signed({ exp: Math.floor(Date.now() / 1000) - 1 }))],
    ['another audience', () => bearer(signed({ aud: 'urn:other:api' }))],
    ['another issuer', () => bearer(signed({ iss: 'http://127.0.0.1:1/oidc' }))],
    ['an id token in its place', () => bearer(tokens.id_token)],
    ['a refresh token in its place', () => bearer(tokens.refresh_token)],
  ])('%s', async (_, authorization) => {
    const { status, body, headers } = await everywhere(await authorization());
    expect([status, body['type'], headers.get('www-authenticate')]).toEqual([401, 'not-signed-in', 'Bearer, DPoP algs="ES256"']);
  });

  it('nor by another method or at another address; and with a good one they are', async () => {
    expect((await fetch(`${identity.url}/sign-out/everywhere`)).status).toBe(405);
    for (const path of ['/sign-out', '/sign-out/here', '/sign-out/redeem', '/sign-out/everywhere/more']) {
      expect((await post(`${identity.url}${path}`, '')).status).toBe(404);
    }
    const { refresh_token: rotated = '' } = await refresh(tokens);
    // This one, and the one that the new password was tried with: all the refusals above ended neither.
    expect(await everywhere(await bearer(signed({})))).toMatchObject({ status: 200, body: { signedOut: 2 } });
    await expect(refresh({ ...tokens, refresh_token: rotated })).rejects.toMatchObject(invalid);
  });
});

/** A sign-in whose password was right and which is not finished. */
async function provenSignIn() {
  const flow = await beginSignIn(identity.url);
  await flow.step('username', { username: USERNAME });
  expect((await flow.step('password', { password: PASSWORD })).status).toBe(200);
  return flow;
}
