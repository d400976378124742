/** Where second factors are wanted, tokens say of an account that has none; where they are not, nobody is told anything. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { newPerson, setUpTotp } from '../testing/factors.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { refreshWith, signInWith } from '../testing/terminal.js';

let insisting: RunningIdentity;
let other: RunningIdentity;
beforeAll(async () => {
  [insisting, other] = [await runIdentity({ factorsWanted: true }), await runIdentity()];
});
afterAll(async () => {
  await insisting.stop();
  await other.stop();
});

describe('a token', () => {
  it('says that a factor is due, until it is renewed after one was set up', async () => {
    const person = await newPerson(insisting);
    const before = await signInWith(insisting.url, { username: person.username });
    expect(decodeJwt(before.access_token)).toMatchObject({ amr: ['pwd'], factor_due: true });
    await setUpTotp(person, new Date());
    const after = await refreshWith(insisting.url, before.refresh_token);
    expect(decodeJwt(after.access_token)).not.toHaveProperty('factor_due');
  });

  it('says nothing of it where none is wanted', async () => {
    const { username } = await newPerson(other);
    expect(decodeJwt((await signInWith(other.url, { username })).access_token)).not.toHaveProperty('factor_due');
  });
});
