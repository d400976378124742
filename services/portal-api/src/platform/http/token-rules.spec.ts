import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { OtherProvider } from '../config.js';
import { checkKind, claimsOf, optionsFor } from './token-rules.js';

const ISSUER = 'https://login.example.org/tenant/v2.0';
const ENTRA: OtherProvider = {
  issuer: ISSUER, clientId: 'client', audience: 'api', scope: 'openid api/portal', resource: undefined, usernameClaim: 'preferred_username',
};
const KEYS: Readonly<Record<string, { publicKey: KeyObject; privateKey: KeyObject }>> = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const keyFor = (alg: string) => KEYS[alg.startsWith('PS') || alg.startsWith('RS') ? 'RS256' : alg]!;

const CLAIMS = { iss: ISSUER, aud: 'api', sub: 'pairwise', preferred_username: 'User7@example.org', scp: 'portal', uti: 'one' };

interface Wish {
  readonly alg?: string;
  readonly typ?: string | undefined;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** What the service makes of such a token; refusals are thrown. */
async function taken({ alg = 'RS256', typ = 'JWT', claims = {} }: Wish): Promise<object | undefined> {
  const said = Object.fromEntries(Object.entries({ ...CLAIMS, exp: Math.floor(Date.now() / 1000) + 600, ...claims }).filter(([, value]) => value !== undefined));
  const { privateKey, publicKey } = keyFor(alg);
  const token = await new SignJWT(said).setProtectedHeader({ alg, ...(typ && { typ }) }).sign(privateKey);
  const verified = await jwtVerify(token, publicKey, optionsFor(ISSUER, ENTRA));
  checkKind(verified, ENTRA);
  return claimsOf(verified.payload, ENTRA, async (username) => (username === 'User7@example.org' ? 'account-7' : undefined));
}

describe('an access token of another provider', () => {
  it.each(['RS256', 'PS256', 'ES256'])('signed with %s is taken, and is its person’s here', async (alg) => {
    expect(await taken({ alg })).toMatchObject({ sub: 'account-7', sid: 'one', amr: [] });
  });

  it.each<[string, Wish]>([
    ['as RFC 9068 has it', { typ: 'at+jwt', claims: { scp: undefined } }],
    ['in its long form', { typ: 'application/at+jwt' }],
    ['with the scope under its standard name', { claims: { scp: undefined, scope: 'portal' } }],
    ['with a session', { claims: { sid: 'session-1', amr: ['pwd', 'mfa'] } }],
  ])('%s is taken', async (_, wish) => {
    expect(await taken(wish)).toMatchObject({ sub: 'account-7' });
  });

  it.each<[string, Wish]>([
    ['ES384', { alg: 'ES384' }],
    ['RS384', { alg: 'RS384' }],
    ['RS512', { alg: 'RS512' }],
    ['EdDSA', { alg: 'EdDSA' }],
    ['of another issuer', { claims: { iss: 'https://login.example.org/other/v2.0' } }],
    ['of the issuer with a slash more', { claims: { iss: `${ISSUER}/` } }],
    ['for the client', { claims: { aud: 'client' } }],
    ['for nobody', { claims: { aud: undefined } }],
    ['of nobody', { claims: { sub: undefined } }],
    ['that has ended', { claims: { exp: 1 } }],
    ['that never ends', { claims: { exp: undefined } }],
    ['not yet good', { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
    ['an id token: it has no scope', { claims: { scp: undefined, nonce: 'n' } }],
    ['of another type', { typ: 'dpop+jwt' }],
    ['a logout token', { typ: 'logout+jwt' }],
    ['without the name', { claims: { preferred_username: undefined } }],
  ])('%s is refused', async (_, wish) => {
    await expect(taken(wish)).rejects.toThrow(errors.JOSEError);
  });

  it('of a name that nobody has here is nobody’s', async () => {
    for (const name of ['user8@example.org', '', 7]) expect(await taken({ claims: { preferred_username: name } })).toBeUndefined();
  });
});

describe('an access token of our own', () => {
  it('says of itself that it is one: an id token, or one that says nothing, opens nothing', async () => {
    const { privateKey, publicKey } = keyFor('ES256');
    const claims = { ...CLAIMS, aud: 'urn:portal:api', sid: 's', exp: Math.floor(Date.now() / 1000) + 600 };
    const check = async (typ: string | undefined) => {
      const token = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...(typ && { typ }) }).sign(privateKey);
      checkKind(await jwtVerify(token, publicKey, optionsFor(ISSUER, undefined)), undefined);
    };
    await check('at+jwt');
    for (const typ of ['JWT', undefined]) await expect(check(typ)).rejects.toThrow(errors.JOSEError);
  });
});
