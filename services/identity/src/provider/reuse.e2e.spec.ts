/** A refresh token is used once; for a lost answer once more, by the same device, within ten seconds. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { newDeviceKey, refreshWith, signInWith, type DeviceKey } from '../testing/terminal.js';

let identity: RunningIdentity;
let key: DeviceKey;
let aheadMs = 0;
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(Date.now() + aheadMs) });
  key = await newDeviceKey();
});
afterAll(() => identity.stop());

const bound = () => signInWith(identity.url, { key, stay: true });
const refresh = (token: string | undefined, by: DeviceKey | undefined = key) => refreshWith(identity.url, token, by);
const ENDS = ['SignedOut', 'SessionRevoked'];
const invalid = { error: 'invalid_grant' };
const hasEnded = async ({ access_token: token }: { readonly access_token: string }) => {
  const stream = `session-${String(decodeJwt(token)['sid'])}`;
  const ends = (await identity.log()).filter((event) => event.stream === stream && ENDS.includes(event.type));
  for (const { type, data, metadata } of ends) {
    expect({ type, data, metadata }).toMatchObject({ type: 'SessionRevoked', data: { reason: 'reuse' }, metadata: { actor: 'process:identity' } });
  }
  return ends.length === 1;
};

describe('a refresh token of a device', () => {
  it('is answered once more where the answer was lost, and what was issued first is void', async () => {
    const first = await bound();
    expect(decodeJwt(first.access_token)['cnf']).toEqual({ jkt: expect.stringMatching(/^[\w-]{43}$/) });
    const lost = await refresh(first.refresh_token);
    const second = await refresh(first.refresh_token);
    expect(await hasEnded(first)).toBe(false);
    await expect(refresh(lost.refresh_token)).rejects.toMatchObject(invalid);
    const third = await refresh(second.refresh_token);
    expect(decodeJwt(third.access_token)['sid']).toBe(decodeJwt(first.access_token)['sid']);
    expect(await hasEnded(first)).toBe(false);
  });

  it('ends the sign-in the third time', async () => {
    const first = await bound();
    await refresh(first.refresh_token);
    const second = await refresh(first.refresh_token);
    await expect(refresh(first.refresh_token)).rejects.toMatchObject(invalid);
    await expect(refresh(second.refresh_token)).rejects.toMatchObject(invalid);
    expect(await hasEnded(first)).toBe(true);
  });

  it('ends it where another device presents what was used, and not where it presents what was not', async () => {
    const other = await newDeviceKey();
    const first = await bound();
    await expect(refresh(first.refresh_token, other)).rejects.toMatchObject(invalid);
    const second = await refresh(first.refresh_token);
    expect(await hasEnded(first)).toBe(false);
    await expect(refresh(first.refresh_token, other)).rejects.toMatchObject(invalid);
    expect(await hasEnded(first)).toBe(true);
    await expect(refresh(second.refresh_token)).rejects.toMatchObject(invalid);
  });

  it('ends it where nobody proves the key', async () => {
    const first = await bound();
    await refresh(first.refresh_token);
    await expect(refreshWith(identity.url, first.refresh_token)).rejects.toMatchObject(invalid);
    expect(await hasEnded(first)).toBe(true);
  });

  it('ends it after ten seconds', async () => {
    const first = await bound();
    const second = await refresh(first.refresh_token);
    aheadMs += 10_001;
    await expect(refresh(first.refresh_token)).rejects.toMatchObject(invalid);
    await expect(refresh(second.refresh_token)).rejects.toMatchObject(invalid);
    expect(await hasEnded(first)).toBe(true);
  });

  it('presented eight times at once is answered twice at most, and ends the sign-in', async () => {
    const first = await bound();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => refresh(first.refresh_token)));
    const given = answers.filter((answer) => answer.status === 'fulfilled');
    expect(given.length).toBeGreaterThan(0);
    expect(given.length).toBeLessThanOrEqual(2);
    for (const { value } of given) await expect(refresh(value.refresh_token)).rejects.toMatchObject(invalid);
    expect(await hasEnded(first)).toBe(true);
  });
});
