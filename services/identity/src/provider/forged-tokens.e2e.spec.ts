/** What is published about the signing key is enough to tell a token of ours from any other. */
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_RESOURCE } from '@portal/contract';
import {
  createRemoteJWKSet, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, SignJWT, type JWTPayload,
} from 'jose';
import { openDatabase } from '../platform/database.js';
import { loadSecrets } from '../platform/secrets.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { signIn } from '../testing/terminal.js';

let identity: RunningIdentity;
let tokens: Awaited<ReturnType<typeof signIn>>;
let key: Awaited<ReturnType<typeof importJWK>>;
beforeAll(async () => {
  identity = await runIdentity();
  tokens = await signIn(identity.url, true);
  const database = openDatabase(join(identity.folder, 'identity.db'));
  key = await importJWK(loadSecrets(database).signingKey, 'ES256');
  database.close();
});
afterAll(() => identity.stop());

/** As the API looks at a token. */
const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${identity.url}/oidc/jwks`)), {
    issuer: `${identity.url}/oidc`,
    audience: API_RESOURCE,
    algorithms: ['ES256'],
    requiredClaims: ['sub', 'sid', 'exp'],
  });

const claims = (): JWTPayload => decodeJwt(tokens.access_token);
const header = () => ({ alg: 'ES256', typ: 'at+jwt', kid: decodeProtectedHeader(tokens.access_token).kid ?? '' });
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (change: JWTPayload, own: Parameters<SignJWT['sign']>[0] = key) =>
  new SignJWT({ ...claims(), ...change }).setProtectedHeader(header()).sign(own);
const otherKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** The published key taken for a shared secret. */
async function signedWithPublicKey(): Promise<string> {
  const jwks = await (await fetch(`${identity.url}/oidc/jwks`)).text();
  const input = `${base64({ ...header(), alg: 'HS256' })}.${base64(claims())}`;
  return `${input}.${createHmac('sha256', jwks).update(input).digest('base64url')}`;
}

function withOtherClaims(): string {
  const [head, , signature] = tokens.access_token.split('.');
  return `${head}.${base64({ ...claims(), sub: 'somebody-else' })}.${signature}`;
}

describe('tokens that are not what was issued', () => {
  it('are told from those that are', async () => {
    await expect(verify(tokens.access_token)).resolves.toHaveProperty('payload.sub', identity.account);
    // Otherwise what follows would be refused for the way it is made.
    await expect(verify(await signed({}))).resolves.toHaveProperty('payload.sub', identity.account);
  });

  it.each<readonly [string, () => string | Promise<string>]>([
    ['other claims', withOtherClaims],
    ['another key', () => signed({}, otherKey())],
    ['no signature', () => `${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(claims())}.`],
    ['the public key as a secret', signedWithPublicKey],
    ['an end that has passed', () => signed({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['another audience', () => signed({ aud: 'urn:other:api' })],
    ['another issuer', () => signed({ iss: 'http://127.0.0.1:1/oidc' })],
    ['an id token in its place', () => tokens.id_token ?? ''],
    ['a refresh token in its place', () => tokens.refresh_token ?? ''],
  ])('are refused with %s', async (_, forged) => {
    await expect(verify(await forged())).rejects.toThrow();
  });
});
