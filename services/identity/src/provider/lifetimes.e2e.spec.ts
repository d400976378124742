/** How long a sign-in lasts: half an hour without use, twelve hours in all; kept on a device, fourteen days. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { newDeviceKey, refreshWith, signInWith, type DeviceKey } from '../testing/terminal.js';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

let identity: RunningIdentity;
let key: DeviceKey;
let aheadMs = 0;
let startMs = 0;
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(Date.now() + aheadMs) });
  key = await newDeviceKey();
});
afterAll(() => identity.stop());
beforeEach(() => {
  startMs = aheadMs;
});

const passed = (ms: number) => (aheadMs = startMs + ms);
const invalid = { error: 'invalid_grant' };
const refresh = (token: string | undefined, by?: DeviceKey) => refreshWith(identity.url, token, by);

it('one that is not kept ends half an hour after its last token', async () => {
  const first = await signInWith(identity.url, { key });
  passed(29 * MINUTE);
  const second = await refresh(first.refresh_token, key);
  passed(58 * MINUTE);
  const third = await refresh(second.refresh_token, key);
  passed(58 * MINUTE + 31 * MINUTE);
  await expect(refresh(third.refresh_token, key)).rejects.toMatchObject(invalid);
});

it('and twelve hours after it began, however much it is used', async () => {
  let tokens: { refresh_token?: string } = await signInWith(identity.url, { key });
  for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
    passed(minutes * MINUTE);
    tokens = await refresh(tokens.refresh_token, key);
  }
  passed(12 * HOUR + MINUTE);
  await expect(refresh(tokens.refresh_token, key)).rejects.toMatchObject(invalid);
});

it('a kept one lasts fourteen days, used or not', async () => {
  const [used, unused] = [await signInWith(identity.url, { key, stay: true }), await signInWith(identity.url, { key, stay: true })];
  passed(13 * DAY);
  const again = await refresh(used.refresh_token, key);
  passed(14 * DAY - HOUR);
  await refresh(unused.refresh_token, key);
  passed(14 * DAY + MINUTE);
  await expect(refresh(again.refresh_token, key)).rejects.toMatchObject(invalid);
});

it('and one that is bound to no device cannot be kept', async () => {
  const tokens = await signInWith(identity.url, { stay: true });
  passed(31 * MINUTE);
  await expect(refresh(tokens.refresh_token)).rejects.toMatchObject(invalid);
});

it('the tokens themselves run out no later', async () => {
  const grantOf = async (wish: object) => {
    const { access_token: token } = await signInWith(identity.url, wish);
    return identity.signIns.findBySession(String(decodeJwt(token)['sid']));
  };
  const [kept, short] = [await grantOf({ key, stay: true }), await grantOf({ key })];
  const life = (of: typeof kept, at: number, isBound = true) => identity.signIns.refreshLifeS(of?.grantId ?? '', (of?.authTime ?? 0) + at, isBound);
  expect([life(kept, 0), life(kept, 13 * 86_400), life(kept, 15 * 86_400)]).toEqual([14 * 86_400, 86_400, 1]);
  expect([life(short, 0), life(short, 12 * 3600 - 60), life(short, 13 * 3600)]).toEqual([1800, 60, 1]);
  expect(life(kept, 0, false)).toBe(1800);
});
