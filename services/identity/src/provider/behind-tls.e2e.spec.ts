/** Behind a proxy that ends TLS, everything that clients are told is at the address where they came in. */
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, TERMINAL_REDIRECT } from '@portal/contract';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';

const ORIGIN = 'https://portal.example.org';

let identity: RunningIdentity;
beforeAll(async () => void (identity = await runIdentity({ issuer: `${ORIGIN}/oidc` })));
afterAll(() => identity.stop());

/** As the proxy passes it on: without TLS, and with the `Host` that was asked for. */
async function passedOn(path: string, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly answer: IncomingMessage; readonly body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(identity.url + path, { headers: { host: 'portal.example.org', ...headers } }, resolve).on('error', reject);
  const answer = await promise;
  return { answer, body: await text(answer) };
}

const addresses = (body: string): readonly string[] =>
  Object.values(JSON.parse(body) as Record<string, unknown>).filter((value): value is string => typeof value === 'string' && value.startsWith('http'));

it('names its addresses with TLS, and nobody else can have them named otherwise', async () => {
  const strangers = { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'elsewhere.example.org' };
  for (const headers of [{}, strangers]) {
    const { body } = await passedOn('/oidc/.well-known/openid-configuration', headers);
    expect(addresses(body).length).toBeGreaterThan(5);
    expect(addresses(body).filter((one) => !one.startsWith(`${ORIGIN}/oidc`))).toEqual([]);
  }
});

it('gives cookies to connections with TLS alone', async () => {
  const asked = { client_id: TERMINAL_CLIENT, redirect_uri: TERMINAL_REDIRECT, response_type: 'code', scope: SIGN_IN_SCOPE, resource: API_RESOURCE };
  const query = new URLSearchParams({ ...asked, code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' });
  const { answer } = await passedOn(`/oidc/auth?${query}`);
  const cookies = answer.headers['set-cookie'] ?? [];
  expect(cookies.length).toBeGreaterThan(0);
  expect(cookies.filter((cookie) => !/; secure/i.test(cookie))).toEqual([]);
});
