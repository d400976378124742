/** The provider changes its keys, and this process hears nothing of it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let anna: Person;
beforeAll(async () => {
  portal = await startPortal();
  anna = await portal.person('anna');
});
afterAll(() => portal.stop());

const statusOf = async (token: string) =>
  (await fetch(`${portal.url}/me`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('a key that is not known', () => {
  it('is taken at once, and again after the next change; what the one before signed stays good', async () => {
    const tokens = [anna.token];
    expect(await statusOf(anna.token)).toBe(200);
    for (const session of ['s1', 's2']) {
      await portal.issuer.rotate();
      tokens.push(await portal.issuer.token({ account: anna.account, session }));
      expect(await Promise.all(tokens.map(statusOf))).toEqual(tokens.map(() => 200));
    }
  });

  it('is asked for by as many as come at the same moment, once', async () => {
    const before = portal.issuer.asked();
    await portal.issuer.rotate();
    const tokens = await Promise.all(Array.from({ length: 40 }, (_, index) => portal.issuer.token({ account: anna.account, session: `m${index}` })));
    expect(new Set(await Promise.all(tokens.map(statusOf)))).toEqual(new Set([200]));
    expect(portal.issuer.asked() - before).toBeLessThanOrEqual(2);
  });

  it('whose name is made up has nobody flooded', async () => {
    const before = portal.issuer.asked();
    for (let index = 0; index < 60; index += 1) {
      expect(await statusOf(await portal.issuer.token({ account: anna.account, header: { kid: `made-up-${index}` } }))).toBe(401);
    }
    expect(portal.issuer.asked() - before).toBeLessThanOrEqual(5);
    expect(await statusOf(anna.token)).toBe(200);
  });
});
