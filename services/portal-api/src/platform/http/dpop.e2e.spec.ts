/** A token that is bound to a key is good with a proof by that key, made for the one call, once; and in no other way. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { newDpopKey, proofBy, type DpopKey, type Proven } from '../../testing/dpop.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let anna: Person;
let key: DpopKey;
let other: DpopKey;
let bound: string;
let url: string;
let es384: CryptoKey;
beforeAll(async () => {
  portal = await startPortal();
  anna = await portal.person('anna');
  [key, other] = [await newDpopKey(), await newDpopKey()];
  bound = await portal.issuer.token({ account: anna.account, jkt: key.jkt });
  url = `${portal.url}/me`;
  es384 = (await generateKeyPair('ES384')).privateKey;
});
afterAll(() => portal.stop());

const ask = async (headers: Record<string, string>, at = url) => {
  const response = await fetch(at, { headers });
  const { type } = (await response.json()) as { type?: string };
  return response.status === 200 ? 'taken' : `${response.status} ${type}`;
};
const proof = (change: Partial<Proven> = {}, by = key) => proofBy(by, { method: 'GET', url, token: bound, ...change });
const asBound = async (made: string | Promise<string>, token = bound) => ask({ authorization: `DPoP ${token}`, dpop: await made });
const REFUSED = '401 not-signed-in';

describe('a bound token', () => {
  it('is taken with a proof, in any writing of the scheme, whatever the query', async () => {
    expect(await asBound(proof())).toBe('taken');
    expect(await ask({ authorization: `dpop ${bound}`, dpop: await proof({ url: `${url}?a=b#c` }) })).toBe('taken');
    expect(await ask({ authorization: `DPoP ${bound}`, dpop: await proof() }, `${url}?x=y`)).toBe('taken');
    // TLS may end in front of the service.
    expect(await asBound(proof({ url: url.replace('http:', 'https:') }))).toBe('taken');
    const edges = [-59, 59].map(async (s) => asBound(proof({ claims: { iat: Math.floor(Date.now() / 1000) + s } })));
    expect(await Promise.all(edges)).toEqual(['taken', 'taken']);
  });

  it('is not taken twice with one proof, one at a time or both at once', async () => {
    const one = await proof();
    expect([await asBound(one), await asBound(one)]).toEqual(['taken', REFUSED]);
    const two = await proof();
    expect((await Promise.all([asBound(two), asBound(two), asBound(two)])).toSorted()).toEqual([REFUSED, REFUSED, 'taken']);
  });

  it('is not taken as a bearer’s, without a proof, or with two', async () => {
    expect(await ask({ authorization: `Bearer ${bound}` })).toBe(REFUSED);
    expect(await ask({ authorization: `Bearer ${bound}`, dpop: await proof() })).toBe(REFUSED);
    expect(await ask({ authorization: `DPoP ${bound}` })).toBe(REFUSED);
    expect(await ask({ authorization: `DPoP ${bound}`, dpop: `${await proof()}, ${await proof()}` })).toBe(REFUSED);
  });

  it.each<readonly [string, () => Promise<string>]>([
    ['another key', () => proof({}, other)],
    ['another key that names this one', () => proof({ signedBy: other.privateKey })],
    ['another method', () => proof({ method: 'POST' })],
    ['a method in small letters', () => proof({ method: 'get' })],
    ['another path', () => proof({ url: `${portal.url}/services` })],
    ['a path that only begins so', () => proof({ url: `${url}/` })],
    ['another server', () => proof({ url: 'http://elsewhere.example/me' })],
    ['another port', () => proof({ url: url.replace(/:\d+/, ':1') })],
    ['another protocol', () => proof({ url: url.replace('http:', 'ftp:') })],
    ['no address', () => proof({ claims: { htu: undefined } })],
    ['an address that is none', () => proof({ claims: { htu: 'me' } })],
    ['an address that is a number', () => proof({ claims: { htu: 7 } })],
    ['no method', () => proof({ claims: { htm: undefined } })],
    ['no time', () => proof({ claims: { iat: undefined } })],
    ['a time in words', () => proof({ claims: { iat: 'now' } })],
    ['a time two minutes ago', () => proof({ claims: { iat: Math.floor(Date.now() / 1000) - 120 } })],
    ['a time in two minutes', () => proof({ claims: { iat: Math.floor(Date.now() / 1000) + 120 } })],
    ['no id', () => proof({ claims: { jti: undefined } })],
    ['an empty id', () => proof({ claims: { jti: '' } })],
    ['an endless id', () => proof({ claims: { jti: 'x'.repeat(129) } })],
    ['an id that is a number', () => proof({ claims: { jti: 7 } })],
    ['no token named', () => proof({ claims: { ath: undefined } })],
    ['another token named', () => proof({ token: anna.token })],
    ['another type', () => proof({ header: { typ: 'JWT' } })],
    ['no type', () => proof({ header: { typ: undefined } })],
    ['another algorithm', () => proof({ header: { alg: 'ES384' }, signedBy: es384 })],
    ['no key', () => proof({ header: { jwk: undefined } })],
    ['a key that is none', () => proof({ header: { jwk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } } })],
    ['a key of another kind', () => proof({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
    ['its private key laid open', async () => proof({ header: { jwk: { ...key.jwk, d: (await exportJWK(key.privateKey)).d } } })],
    ['the token itself as the proof', async () => bound],
    ['nothing signed', async () => `${(await proof({ header: { alg: 'ES256' } })).split('.').slice(0, 2).join('.')}.`],
    ['rubbish', async () => 'a.b.c'],
    ['more than one line would hold', async () => 'x'.repeat(5_000)],
  ])('is refused with %s', async (_, made) => {
    expect(await asBound(made())).toBe(REFUSED);
  });

  it.each<readonly [string, unknown]>([
    ['nobody', {}],
    ['a number', { jkt: 7 }],
    ['a certificate', { 'x5t#S256': 'AAAA' }],
    ['null', null],
  ])('is refused where it is bound to %s', async (_, cnf) => {
    const token = await portal.issuer.token({ account: anna.account, claims: { cnf } });
    expect(await asBound(proof({ token }), token)).toBe(REFUSED);
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(REFUSED);
  });

  it('and one that is bound to nothing is not made so by a proof', async () => {
    expect(await ask({ authorization: `Bearer ${anna.token}` })).toBe('taken');
    expect(await asBound(proof({ token: anna.token }), anna.token)).toBe(REFUSED);
  });
});
