/** Access tokens that are nearly what the issuer gave out. The service refuses each alike, and takes the honest one. */
import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { base64url, generateKeyPair, type CryptoKey } from 'jose';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let anna: Person;
let honest: string;
let other: CryptoKey;
let jwks: string;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
beforeAll(async () => {
  portal = await startPortal();
  anna = await portal.person('anna');
  honest = await portal.issuer.token({ account: anna.account });
  other = (await generateKeyPair('ES256')).privateKey;
  jwks = await (await fetch(`${portal.issuer.issuer}/jwks`)).text();
});
afterAll(() => portal.stop());

async function ask(token: string, scheme = 'Bearer'): Promise<string> {
  const response = await fetch(`${portal.url}/me`, { headers: { authorization: `${scheme} ${token}` } });
  return `${response.status} ${((await response.json()) as { type?: string }).type ?? 'taken'}`;
}

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;
const encoded = (part: unknown): string => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
const parts = (): [string, string, string] => honest.split('.') as [string, string, string];
const said = () => JSON.parse(Buffer.from(parts()[1], 'base64url').toString()) as Record<string, unknown>;
const header = () => JSON.parse(Buffer.from(parts()[0], 'base64url').toString()) as Record<string, unknown>;
/** Properly signed by the issuer, with something else in it. */
const with_ = (claims: Record<string, unknown>) => portal.issuer.token({ account: anna.account, claims });
const headed = (own: Record<string, unknown>, key?: CryptoKey) =>
  portal.issuer.token({ account: anna.account, header: own, ...(key && { key }) });
/** Signed by hand, as a library would not. */
const input = (own: Record<string, unknown>, payload: unknown = said()) => `${encoded({ ...header(), ...own })}.${encoded(payload)}`;
const mac = (alg: 'HS256' | 'HS384' | 'HS512', secret: string | Buffer) => {
  const text = input({ alg });
  return `${text}.${createHmac(`sha${alg.slice(2)}`, secret).update(text).digest('base64url')}`;
};
const signedBy = (key: KeyObject, own: Record<string, unknown>, hash: string | null = 'sha256') =>
  `${input(own)}.${sign(hash, Buffer.from(input(own)), key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' } : key).toString('base64url')}`;
const withSignature = (signature: string) => `${parts()[0]}.${parts()[1]}.${signature}`;
const publicX = () => (JSON.parse(jwks) as { keys: { x: string }[] }).keys[0]?.x ?? '';

const FORGED: Readonly<Record<string, () => string | Promise<string>>> = {
  'ended a second ago': () => with_({ exp: seconds(-1) }),
  'ended long ago': () => with_({ exp: 0 }),
  'an end below nothing': () => with_({ exp: -seconds(600) }),
  'an end in words': () => with_({ exp: String(seconds(600)) }),
  'an end that is null': () => with_({ exp: null }),
  'no end': () => with_({ exp: undefined }),
  'an end that is a list': () => with_({ exp: [seconds(600)] }),
  'not good yet': () => with_({ nbf: seconds(600) }),
  'a beginning in words': () => with_({ nbf: 'now' }),
  'no issuer': () => with_({ iss: undefined }),
  'another issuer': () => with_({ iss: 'https://elsewhere.example/oidc' }),
  'the issuer and a slash': () => with_({ iss: `${portal.issuer.issuer}/` }),
  'the issuer without its path': () => with_({ iss: new URL(portal.issuer.issuer).origin }),
  'the issuer in capitals': () => with_({ iss: portal.issuer.issuer.toUpperCase() }),
  'the issuer over TLS': () => with_({ iss: portal.issuer.issuer.replace('http:', 'https:') }),
  'the issuer in a list': () => with_({ iss: [portal.issuer.issuer] }),
  'an empty issuer': () => with_({ iss: '' }),
  'no audience': () => with_({ aud: undefined }),
  'another audience': () => with_({ aud: 'urn:portal:other' }),
  'an audience that begins so': () => with_({ aud: 'urn:portal:api:more' }),
  'an audience in capitals': () => with_({ aud: 'URN:PORTAL:API' }),
  'other audiences': () => with_({ aud: ['urn:portal:other', 'urn:more'] }),
  'an empty list of audiences': () => with_({ aud: [] }),
  'the client as audience': () => with_({ aud: 'portal-terminal' }),
  'an audience that is a number': () => with_({ aud: 7 }),
  'nobody': () => with_({ sub: undefined }),
  'somebody who is a number': () => with_({ sub: 7 }),
  'somebody who is null': () => with_({ sub: null }),
  'somebody in a list': () => with_({ sub: [anna.account] }),
  'no session': () => with_({ sid: undefined }),
  'a session that is a number': () => with_({ sid: 7 }),
  'another key under the same name': () => headed({}, other),
  'another key, brought along': () => headed({ jwk: ec.publicKey.export({ format: 'jwk' }) }, other),
  'another key, at an address': () => headed({ jku: 'http://127.0.0.1:1/jwks' }, other),
  'another key, in a certificate': () => headed({ x5c: ['MIIB'], x5u: 'http://127.0.0.1:1/' }, other),
  'a name of no key': () => headed({ kid: 'no-such-key' }),
  'a name that is a path': () => headed({ kid: '../../../../dev/null' }),
  'a name that is a query': () => headed({ kid: "' OR 1=1 --" }),
  'an empty name': () => headed({ kid: '' }),
  'something critical that nobody knows': () => `${input({ crit: ['exp'], exp: 1 })}.${parts()[2]}`,
  'a payload that is not encoded': () => `${input({ b64: false, crit: ['b64'] })}.${parts()[2]}`,
  'no signature, and says so': () => `${input({ alg: 'none' })}.`,
  'no signature, and says it loudly': () => `${input({ alg: 'NONE' })}.`,
  'no signature, and says it oddly': () => `${input({ alg: 'nOnE' })}.`,
  'no algorithm': () => `${input({ alg: undefined })}.${parts()[2]}`,
  'an algorithm that is null': () => `${input({ alg: null })}.${parts()[2]}`,
  'an algorithm in small letters': () => `${input({ alg: 'es256' })}.${parts()[2]}`,
  'the published keys as a secret': () => mac('HS256', jwks),
  'a coordinate of the key as a secret': () => mac('HS256', Buffer.from(publicX(), 'base64url')),
  'an empty secret': () => mac('HS256', ''),
  'a secret, and a longer hash': () => mac('HS384', jwks),
  'a secret, and the longest': () => mac('HS512', jwks),
  'an RSA key': () => signedBy(rsa, { alg: 'RS256' }),
  'an RSA key under the curve’s name': () => signedBy(rsa, { alg: 'ES256' }),
  'a larger curve': () => signedBy(p384, { alg: 'ES384' }, 'sha384'),
  'a larger curve under the smaller one’s name': () => signedBy(p384, { alg: 'ES256' }),
  'an Edwards curve': () => signedBy(ed, { alg: 'EdDSA' }, null),
  'an own key of the right kind': () => signedBy(createPrivateKey({ key: ec.privateKey.export({ format: 'jwk' }), format: 'jwk' }), {}),
  'a signature of zeros': () => withSignature(base64url.encode(Buffer.alloc(64))),
  'a signature at random': () => withSignature(randomBytes(64).toString('base64url')),
  'half a signature': () => withSignature(parts()[2].slice(0, 43)),
  'a signature and more': () => withSignature(`${parts()[2]}AAAA`),
  'an empty signature': () => withSignature(''),
  'the signature of another token': async () => withSignature((await with_({ n: 1 })).split('.')[2] ?? ''),
  'somebody else’s name in it': () => `${parts()[0]}.${encoded({ ...said(), sub: 'somebody-else' })}.${parts()[2]}`,
  'a later end in it': () => `${parts()[0]}.${encoded({ ...said(), exp: seconds(86_400) })}.${parts()[2]}`,
  'another header over it': () => `${encoded({ ...header(), typ: 'JWT' })}.${parts()[1]}.${parts()[2]}`,
  'a list for claims': () => `${parts()[0]}.${encoded([])}.${parts()[2]}`,
  'a sentence for claims': () => `${parts()[0]}.${encoded('"claims"')}.${parts()[2]}`,
  'claims that are cut off': () => `${parts()[0]}.${parts()[1].slice(0, -5)}.${parts()[2]}`,
  'two parts': () => `${parts()[0]}.${parts()[1]}`,
  'four parts': () => `${honest}.${parts()[2]}`,
  'five parts, as if encrypted': () => `${honest}.${parts()[1]}.${parts()[2]}`,
  'dots alone': () => '..',
  'the claims alone': () => parts()[1],
  'in capitals': () => honest.toUpperCase(),
  'padded': () => `${honest}==`,
};

describe('a forged access token', () => {
  it('is told from an honest one, made by the same hands', async () => {
    expect(Object.keys(FORGED).length).toBeGreaterThanOrEqual(60);
    expect(await ask(honest)).toBe('200 taken');
    expect(await ask(await with_({}))).toBe('200 taken');
    expect(await ask(await headed({}))).toBe('200 taken');
    expect(await ask(await with_({ aud: ['urn:portal:other', 'urn:portal:api'] }))).toBe('200 taken');
  });

  it.each(Object.keys(FORGED))('is refused with %s', async (name) => {
    expect(await ask(await FORGED[name]!())).toBe('401 not-signed-in');
  });

  it('leaves the honest one as good as it was', async () => {
    expect(await ask(honest)).toBe('200 taken');
  });
});
