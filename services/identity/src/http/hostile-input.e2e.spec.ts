import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, TERMINAL_REDIRECT } from '@portal/contract';
import { PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, post, type Answer } from '../testing/terminal.js';

let identity: RunningIdentity;
beforeAll(async () => {
  identity = await runIdentity();
});
afterAll(() => identity.stop());

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

function authorize(change: Record<string, string | undefined>): Promise<Response> {
  const wanted: Record<string, string | undefined> = {
    client_id: TERMINAL_CLIENT, redirect_uri: TERMINAL_REDIRECT, response_type: 'code', scope: SIGN_IN_SCOPE,
    resource: API_RESOURCE, prompt: 'consent', code_challenge: CHALLENGE, code_challenge_method: 'S256', ...change,
  };
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(`${identity.url}/oidc/auth?${new URLSearchParams(given)}`, { redirect: 'manual' });
}

/** The error with which the client is sent back. */
function errorOf(response: Response): string | null {
  const { searchParams, hash } = new URL(response.headers.get('location') ?? '', identity.url);
  return searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error');
}

describe('authorization requests', () => {
  it('begin a sign-in where they are right, from any port of the person’s own machine', async () => {
    expect((await authorize({})).headers.get('location')).toMatch(/^\/sign-in\//);
    const other = await authorize({ redirect_uri: 'http://127.0.0.1:49152/signed-in' });
    expect(other.headers.get('location')).toMatch(/^\/sign-in\//);
  });

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['PKCE without a method', { code_challenge_method: undefined }, 'invalid_request'],
    ['another resource', { resource: 'urn:other:api' }, 'invalid_target'],
    ['the implicit flow', { response_type: 'id_token' }, 'unsupported_response_type'],
  ])('are refused with %s', async (_, change, error) => {
    const response = await authorize(change);
    expect([response.status, errorOf(response)]).toEqual([303, error]);
  });

  it.each([
    ['a foreign redirect', { redirect_uri: 'https://example.org/signed-in' }],
    ['another path', { redirect_uri: 'http://127.0.0.1/other' }],
    ['another host that looks alike', { redirect_uri: 'http://127.0.0.1.example.org/signed-in' }],
    ['an unknown client', { client_id: 'nobody' }],
    ['no client', { client_id: undefined }],
  ])('are answered here and sent nowhere with %s', async (_, change) => {
    const response = await authorize(change);
    expect(response.headers.get('location')).toBeNull();
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  });
});

describe('codes', () => {
  it('are worth nothing without the verifier, and end the sign-in when used twice', async () => {
    const flow = await signedInFlow();
    const callback = await flow.resume(flow.path);
    await expect(flow.exchange(callback, 'x'.repeat(43))).rejects.toMatchObject({ error: 'invalid_grant' });
    const again = await signedInFlow();
    const twice = await again.resume(again.path);
    await again.exchange(twice);
    await expect(again.exchange(twice)).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('rubbish', () => {
  const cases: readonly (readonly [string, () => Promise<Answer | Response>, number])[] = [
    ['no JSON', () => step('{"username":'), 422],
    ['a list', () => step('[]'), 422],
    ['nothing', () => step(''), 422],
    ['more members', () => step({ username: 'a', admin: true }), 422],
    ['a number', () => step({ username: 7 }), 422],
    ['too long a name', () => step({ username: 'x'.repeat(201) }), 422],
    ['too long a body', () => step({ username: 'x'.repeat(20_000) }), 413],
    ['a form', () => step('username=a', { 'content-type': 'application/x-www-form-urlencoded' }), 403],
    ['a form without its token', () => step('form=x&username=a', { 'content-type': 'application/x-www-form-urlencoded' }), 403],
    ['another kind of body', () => step('username=a', { 'content-type': 'text/plain' }), 415],
    ['no UTF-8', () => raw(Buffer.from('{"username":"\xff"}', 'latin1')), 422],
    ['an unknown sign-in', () => post(`${identity.url}/sign-in/nobody/username`, { username: 'a' }), 401],
    ['the wrong method', () => fetch(`${identity.url}/sign-in/nobody/username`), 405],
    ['a wrong method of the page', () => post(`${identity.url}/sign-in/nobody`, {}), 405],
    ['deeper addresses', () => fetch(`${identity.url}/sign-in/a/b/c/d`), 404],
    ['an address cut short', () => fetch(`${identity.url}/sign-in/`), 404],
    ['a broken escape', () => fetch(`${identity.url}/oidc/%zz`), 404],
    ['a provider’s address unknown', () => fetch(`${identity.url}/oidc/nothing/here`), 404],
    ['an unknown invitation', () => redeem('x'.repeat(12)), 401],
    ['too short a password', () => redeem('short'), 422],
    ['a token request as JSON', () => post(`${identity.url}/oidc/token`, { grant_type: 'refresh_token' }), 400],
    ['an unknown grant', () => form('token', 'grant_type=password&client_id=portal-terminal'), 400],
    ['no client', () => form('token', 'grant_type=refresh_token&refresh_token=x'), 400],
    ['a long token', () => refresh('x'.repeat(20_000)), 413],
    ['a refresh token made up', () => refresh('%00'), 400],
    ['parameters twice', () => form('token', 'grant_type=a&grant_type=b&client_id=portal-terminal'), 400],
    ['resuming nothing', () => fetch(`${identity.url}/oidc/auth/nobody`), 400],
  ];

  it.each(cases)('%s', async (_, ask, status) => {
    expect((await ask()).status).toBe(status);
  });

  it('never reaches what is not identity’s', async () => {
    expect((await fetch(`${identity.url}/oidcx`)).status).toBe(418);
    expect((await fetch(`${identity.url}//oidc/jwks`)).status).toBe(418);
  });

  it('in cookies ends the sign-in with a clear answer', async () => {
    const { uid } = await beginSignIn(identity.url);
    const cookie = `_interaction=${uid}; _interaction.sig=x`;
    const answer = await post(`${identity.url}/sign-in/${uid}/username`, { username: 'a' }, { cookie });
    expect(answer).toMatchObject({ status: 401, body: { type: 'sign-in-refused' } });
  });
});

async function signedInFlow() {
  const flow = await beginSignIn(identity.url);
  await flow.step('username', { username: USERNAME });
  await flow.step('password', { password: PASSWORD });
  const { body } = await flow.step('stay', { stay: false });
  return { ...flow, path: String(body['resume']) };
}

async function step(body: unknown, headers?: Record<string, string>): Promise<Answer> {
  return post(`${identity.url}/sign-in/nobody/username`, body, headers);
}

const redeem = (password: string): Promise<Answer> =>
  post(`${identity.url}/invitations/redeem`, { invitation: 'x', password });

const refresh = (token: string): Promise<Answer> =>
  form('token', `grant_type=refresh_token&client_id=portal-terminal&refresh_token=${token}`);

function raw(body: Buffer): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${identity.url}/sign-in/nobody/username`, { method: 'POST', headers, body: new Uint8Array(body) });
}

function form(path: string, body: string): Promise<Answer> {
  return post(`${identity.url}/oidc/${path}`, body, { 'content-type': 'application/x-www-form-urlencoded' });
}
