/** Whatever is sent, the answer is a clear "no": never a 5xx, and nothing on standard error. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, TERMINAL_REDIRECT } from '@portal/contract';
import fc from 'fast-check';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn } from '../testing/terminal.js';

let identity: RunningIdentity;
let cookie = '';
let uid = '';
beforeAll(async () => {
  identity = await runIdentity();
  const cookies = new Map<string, string>();
  ({ uid } = await beginSignIn(identity.url, cookies));
  cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
});
afterAll(() => identity.stop());

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly withCookies: boolean;
}

const NASTY = [
  '', '\0', '\ud800', '%00', '%zz', '..', '__proto__', 'constructor', '[]', 'null', '"', '\\', '1e999',
  '[[['.repeat(400), 'x'.repeat(17_000),
  '\u202e', '{"username":"a","__proto__":{"x":1}}', '{"stay":1}', '{"password":"\\ud800"}',
];
const RIGHT = {
  client_id: TERMINAL_CLIENT, redirect_uri: TERMINAL_REDIRECT, response_type: 'code', scope: SIGN_IN_SCOPE,
  resource: API_RESOURCE, prompt: 'consent', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256',
};
const NAMES = [
  ...Object.keys(RIGHT), 'state', 'nonce', 'max_age', 'login_hint', 'id_token_hint', 'claims', 'request', 'request_uri',
  'response_mode', 'grant_type', 'code', 'code_verifier', 'refresh_token', 'token', 'client_secret', 'client_assertion',
];
const GRANTS = ['refresh_token', 'authorization_code', 'implicit'];

const junk = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 60 }));
const segment = fc.oneof(fc.constantFrom('username', 'password', 'stay', 'redeem', 'UID'), junk);
const parameters = fc
  .record({
    isRight: fc.boolean(),
    grant: fc.constantFrom(...GRANTS),
    more: fc.array(fc.tuple(fc.constantFrom(...NAMES), junk)),
  })
  .map(({ isRight, grant, more }) => {
    const all = new URLSearchParams(isRight ? { ...RIGHT, grant_type: grant } : { grant_type: grant });
    for (const [name, value] of more) all.append(name, value.slice(0, 1000));
    return String(all);
  });
const path = fc.oneof(
  fc.array(segment, { maxLength: 3 }).map((parts) => `/sign-in/${parts.map(encoded).join('/')}`),
  fc.tuple(fc.constantFrom('username', 'password', 'stay')).map(([step]) => `/sign-in/UID/${step}`),
  segment.map((part) => `/invitations/${encoded(part)}`),
  segment.map((part) => `/oidc/${encoded(part)}`),
  parameters.map((query) => `/oidc/auth?${query.slice(0, 8000)}`),
  fc.constantFrom('/oidc', '/oidc/token', '/oidc/token/revocation', '/oidc/auth/UID', '/oidc/jwks'),
);
const asked: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'PUT', 'OPTIONS', 'HEAD'),
  path,
  type: fc.constantFrom(
    'application/json', 'application/x-www-form-urlencoded', 'application/json; charset=x', ';;',
  ),
  body: fc.oneof(junk, parameters, fc.record({ username: junk }).map((body) => JSON.stringify(body))),
  withCookies: fc.boolean(),
});

describe('identity', () => {
  it('answers arbitrary requests without failing, and serves on', async () => {
    const complaints: unknown[] = [];
    const watched = jest.spyOn(process.stderr, 'write').mockImplementation((text) => complaints.push(text) > 0);
    const isFine = fc.asyncProperty(asked, async (request) => expect(await statusOf(request)).toBeLessThan(500));
    await fc.assert(isFine, { numRuns: 600, seed: 7 }).finally(() => watched.mockRestore());
    expect(complaints).toEqual([]);
    expect((await fetch(`${identity.url}/oidc/jwks`)).status).toBe(200);
  });
});

async function statusOf({ method, path: where, type, body, withCookies }: Asked): Promise<number> {
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const response = await fetch(`${identity.url}${where.replaceAll('UID', uid)}`, {
    method,
    redirect: 'manual',
    headers: { 'content-type': type, ...(withCookies && { cookie }) },
    body: hasBody ? body : null,
  });
  await response.arrayBuffer();
  return response.status;
}

function encoded(part: string): string {
  return encodeURIComponent(part.toWellFormed().slice(0, 300));
}
