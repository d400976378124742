import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { markPath, setUp, type Examination } from '../../testing/one-component.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

async function refuses(authorization: string | undefined): Promise<void> {
  const before = (await portal.log()).length;
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...(authorization !== undefined && { authorization }) };
  const answer = await fetch(portal.url + markPath('0001'), { method: 'PUT', headers, body: '{"mark":"7"}' });
  expect([answer.status, ((await answer.json()) as { type: string }).type, answer.headers.get('www-authenticate')]).toEqual([401, 'not-signed-in', 'Bearer, DPoP algs="ES256"']);
  expect((await portal.log()).length).toBe(before);
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('an access token', () => {
  it('is needed, as a bearer’s', async () => {
    for (const given of [undefined, '', 'Bearer', 'Bearer ', `Basic ${exam.anna.token}`, exam.anna.token, `Bearer ${exam.anna.token} x`, 'Bearer a.b', 'Bearer é']) {
      await refuses(given === undefined || /^[\x20-\x7e]*$/.test(given) ? given : 'Bearer x');
    }
  });

  it('counts while it lasts, for this service, from this issuer, under this key', async () => {
    const { account } = exam.anna;
    const other = await generateKeyPair('ES256');
    for (const wish of [
      { endsIn: -1 },
      { endsIn: -86_400 },
      { issuer: 'https://elsewhere/oidc' },
      { issuer: `${portal.issuer.issuer}/` },
      { audience: 'urn:portal:other' },
      { key: other.privateKey },
      ...(['sub', 'sid', 'exp', 'aud', 'iss'] as const).map((name) => ({ without: [name] })),
    ]) {
      await refuses(`Bearer ${await portal.issuer.token({ account, ...wish })}`);
    }
  });

  it('is no longer good once it has ended, though it was good before', async () => {
    const short = await portal.issuer.token({ account: exam.anna.account, endsIn: 2 });
    const ask = () => fetch(`${portal.url}/me`, { headers: { authorization: `Bearer ${short}` } });
    expect((await ask()).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await ask()).status).toBe(401);
  });

  it('is signed with what was agreed: not with nothing, not with a secret, not with a public key for one', async () => {
    const claims = JSON.parse(Buffer.from(exam.anna.token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    for (const alg of ['none', 'None', 'NONE']) await refuses(`Bearer ${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}.`);
    const secret = new TextEncoder().encode(await (await fetch(`${portal.issuer.issuer}/jwks`)).text());
    await refuses(`Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-of-a-test' }).sign(secret)}`);
    const es384 = await generateKeyPair('ES384');
    await refuses(`Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'ES384' }).sign(es384.privateKey)}`);
    await refuses(`Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', jwk: { kty: 'EC' }, jku: 'http://127.0.0.1:1/' }).sign((await generateKeyPair('ES256')).privateKey)}`);
  });

  it('changed by one letter, in any part, is none', async () => {
    const { token } = exam.anna;
    for (const at of [3, token.indexOf('.') + 5, token.lastIndexOf('.') + 5]) {
      const letter = token[at] === 'A' ? 'B' : 'A';
      await refuses(`Bearer ${token.slice(0, at)}${letter}${token.slice(at + 1)}`);
    }
  });
});
