import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_RESOURCE } from '@portal/contract';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { openDatabase } from '../platform/database.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { discover, signIn } from '../testing/terminal.js';

let identity: RunningIdentity;
beforeAll(async () => {
  identity = await runIdentity();
});
afterAll(() => identity.stop());

const refresh = async (token: string | undefined) =>
  openid.refreshTokenGrant(await discover(identity.url), token ?? '', { resource: API_RESOURCE });
const revoke = async (token: string | undefined) => openid.tokenRevocation(await discover(identity.url), token ?? '');
const invalid = { error: 'invalid_grant' };
const eventsOf = async (accessToken: string) => {
  const stream = `session-${String(decodeJwt(accessToken)['sid'])}`;
  return (await identity.log()).filter((event) => event.stream === stream).map(({ type }) => type);
};

describe('tokens', () => {
  it('rotates refresh tokens and keeps session and time of the sign-in', async () => {
    const first = await signIn(identity.url, true);
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const { sid, auth_time: authTime, amr, sub } = decodeJwt(first.access_token);
    expect(decodeJwt(second.access_token)).toMatchObject({ sid, auth_time: authTime, amr, sub, aud: API_RESOURCE });
    await refresh(second.refresh_token);
  });

  it('ends the sign-in where a consumed refresh token is presented again', async () => {
    const first = await signIn(identity.url, true);
    const second = await refresh(first.refresh_token);
    await expect(refresh(first.refresh_token)).rejects.toMatchObject(invalid);
    await expect(refresh(second.refresh_token)).rejects.toMatchObject(invalid);
    expect(await eventsOf(first.access_token)).toEqual(['SignInStarted', 'SignedIn', 'SessionRevoked']);
  });

  it('gives one answer to a refresh token presented many times at the same moment, and ends the sign-in', async () => {
    const first = await signIn(identity.url, true);
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => refresh(first.refresh_token)));
    const given = answers.filter((answer) => answer.status === 'fulfilled');
    expect(given).toHaveLength(1);
    await expect(refresh(given[0]?.value.refresh_token)).rejects.toMatchObject(invalid);
  });

  it('ends the sign-in when it is revoked, records it, and touches no other', async () => {
    const [mine, other] = [await signIn(identity.url, true), await signIn(identity.url, true)];
    await revoke(mine.refresh_token);
    await expect(refresh(mine.refresh_token)).rejects.toMatchObject(invalid);
    expect(await eventsOf(mine.access_token)).toEqual(['SignInStarted', 'SignedIn', 'SignedOut']);
    await refresh(other.refresh_token);
    await revoke(mine.refresh_token);
    await revoke('no-such-token');
  });

  it('signs out even while the log cannot be written, and records it later', async () => {
    const mine = await signIn(identity.url, true);
    identity.breakLog('unknown');
    await revoke(mine.refresh_token);
    identity.breakLog(undefined);
    await expect(refresh(mine.refresh_token)).rejects.toMatchObject(invalid);
    expect(await eventsOf(mine.access_token)).not.toContain('SignedOut');
    await identity.signIns.cleanUp(new Date());
    expect(await eventsOf(mine.access_token)).toContain('SignedOut');
  });

  it('records the end that a crash cut short, whose reason nobody knows, and no other', async () => {
    const [mine, other] = [await signIn(identity.url, true), await signIn(identity.url, true)];
    const grantId = identity.signIns.findBySession(String(decodeJwt(mine.access_token)['sid']))?.grantId ?? '';
    // What the provider has done by the time it tells of it.
    const database = openDatabase(join(identity.folder, 'identity.db'));
    database.prepare('DELETE FROM provider WHERE grant_id = ? OR id = ?').run(grantId, grantId);
    database.close();
    await revoke(mine.refresh_token);
    expect(await eventsOf(mine.access_token)).not.toContain('SessionRevoked');
    await identity.signIns.cleanUp(new Date());
    expect(await eventsOf(mine.access_token)).toEqual(['SignInStarted', 'SignedIn', 'SessionRevoked']);
    expect((await identity.log()).at(-1)).toMatchObject({ data: { reason: 'grant-gone' }, metadata: { actor: 'process:identity' } });
    expect(await eventsOf(other.access_token)).not.toContain('SessionRevoked');
    await refresh(other.refresh_token);
  });

  it('outlives a restart on the same port: keys, refresh tokens, and what was revoked', async () => {
    const [kept, ended] = [await signIn(identity.url, true), await signIn(identity.url, true)];
    await revoke(ended.refresh_token);
    const keys = async () => (await fetch(`${identity.url}/oidc/jwks`)).json();
    const before = await keys();
    identity = await identity.restart();
    expect(await keys()).toEqual(before);
    expect(JSON.stringify(before)).not.toContain('"d"');
    await expect(refresh(ended.refresh_token)).rejects.toMatchObject(invalid);
    expect(decodeJwt((await refresh(kept.refresh_token)).access_token)['sub']).toBe(identity.account);
  });
});
