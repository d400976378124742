/** A new signing key signs nobody out, and an old one is worth nothing once nothing signed with it can be good. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { newDeviceKey, post, refreshWith, signInWith } from '../testing/terminal.js';

let identity: RunningIdentity;
let aheadMs = 0;
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(Date.now() + aheadMs) });
});
afterAll(() => identity.stop());

const kidOf = ({ access_token: token }: { readonly access_token: string }) => decodeProtectedHeader(token).kid ?? '';
const published = async () => {
  const { keys } = (await (await fetch(`${identity.url}/oidc/jwks`)).json()) as { keys: { kid: string; d?: string }[] };
  expect(keys.filter(({ d }) => d !== undefined)).toEqual([]);
  return keys.map(({ kid }) => kid);
};
const isTaken = async ({ access_token: token }: { readonly access_token: string }) =>
  (await post(`${identity.url}/sessions/list`, {}, { authorization: `Bearer ${token}` })).status === 200;

it('keeps those signed in who are, with the tokens they have and those they get', async () => {
  const key = await newDeviceKey();
  const before = await signInWith(identity.url);
  const bound = await signInWith(identity.url, { key, stay: true });
  const [kid, third] = [randomUUID(), randomUUID()];
  identity.keys.rotate(kid);
  expect(await published()).toEqual([kid, kidOf(before)]);
  expect(await isTaken(before)).toBe(true);
  const [after, boundAfter] = [await refreshWith(identity.url, before.refresh_token), await refreshWith(identity.url, bound.refresh_token, key)];
  expect([kidOf(after), kidOf(boundAfter), decodeProtectedHeader(after.id_token ?? '').kid]).toEqual([kid, kid, kid]);
  expect([await isTaken(before), await isTaken(after)]).toEqual([true, true]);
  identity.keys.rotate(third);
  expect(await published()).toEqual([third, kid, kidOf(before)]);
  identity = await identity.restart();
  expect(await published()).toEqual([third, kid, kidOf(before)]);
  expect([await isTaken(before), await isTaken(after)]).toEqual([true, true]);
  aheadMs += 15 * 60_000 + 1;
  identity.keys.forgetRetired();
  expect(await published()).toEqual([third]);
  expect([await isTaken(before), await isTaken(after)]).toEqual([false, false]);
});
