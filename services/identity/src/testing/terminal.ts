/** Signs in as the terminal does: redirects followed by hand, cookies kept, the steps answered as JSON. */
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, TERMINAL_REDIRECT } from '@portal/contract';
import * as openid from 'openid-client';
import { PASSWORD, USERNAME } from './running-identity.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Flow {
  readonly uid: string;
  readonly step: (name: string, body: unknown) => Promise<Answer>;
  readonly shown: () => Promise<Answer>;
  /** From `resume` to the redirect with the code. */
  readonly resume: (path: string) => Promise<URL>;
  readonly exchange: (callback: URL, verifier?: string) => ReturnType<typeof openid.authorizationCodeGrant>;
}

/** Of a device: what is issued to it is bound to it. */
export const newDeviceKey = (): ReturnType<typeof openid.randomDPoPKeyPair> => openid.randomDPoPKeyPair('ES256');
export type DeviceKey = Awaited<ReturnType<typeof newDeviceKey>>;

export async function refreshWith(url: string, token = '', key?: DeviceKey): ReturnType<typeof openid.refreshTokenGrant> {
  const config = await discover(url);
  const bound = key && { DPoP: openid.getDPoPHandle(config, key) };
  return openid.refreshTokenGrant(config, token, { resource: API_RESOURCE }, bound);
}

export function discover(url: string): Promise<openid.Configuration> {
  const options = { execute: [openid.allowInsecureRequests] };
  return openid.discovery(new URL(`${url}/oidc`), TERMINAL_CLIENT, undefined, openid.None(), options);
}

/** `cookies` are those of an earlier sign-in in the same place, as a browser would keep them. */
export async function beginSignIn(url: string, cookies = new Map<string, string>(), key?: DeviceKey): Promise<Flow> {
  const config = await discover(url);
  const verifier = openid.randomPKCECodeVerifier();
  const call = (target: URL, body?: unknown) => callWith(cookies, target, body);
  const start = openid.buildAuthorizationUrl(config, {
    redirect_uri: TERMINAL_REDIRECT, scope: SIGN_IN_SCOPE, resource: API_RESOURCE, prompt: 'consent',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const page = new URL(locationOf(await call(start)), url);
  return {
    uid: page.pathname.split('/').at(-1) ?? '',
    step: async (name, body) => answerOf(await call(new URL(`${page.href}/${name}`), body)),
    shown: async () => answerOf(await call(page)),
    resume: async (path) => new URL(locationOf(await call(new URL(path, url))), url),
    exchange: (callback, own = verifier) =>
      openid.authorizationCodeGrant(
        config, callback, { pkceCodeVerifier: own }, { resource: API_RESOURCE }, key && { DPoP: openid.getDPoPHandle(config, key) },
      ),
  };
}

export async function signIn(url: string, stay = false): ReturnType<Flow['exchange']> {
  return signInWith(url, { stay });
}

export interface Signing {
  readonly username?: string;
  readonly stay?: boolean;
  /** Those of an earlier sign-in in the same place. */
  readonly cookies?: Map<string, string>;
  readonly key?: DeviceKey;
}

export async function signInWith(url: string, signing: Signing = {}): ReturnType<Flow['exchange']> {
  const { username = USERNAME, stay = false, cookies, key } = signing;
  const flow = await beginSignIn(url, cookies, key);
  await flow.step('username', { username });
  await flow.step('password', { password: PASSWORD });
  const { body } = await flow.step('stay', { stay });
  return flow.exchange(await flow.resume(String(body['resume'])));
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', ...headers };
  return answerOf(await fetch(url, { method: 'POST', body: text, headers: all }));
}

async function callWith(cookies: Map<string, string>, target: URL, body: unknown): Promise<Response> {
  const response = await fetch(target, {
    method: body === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'user-agent': 'portal-terminal/0.1.0',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  return response;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } };
}

function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`no redirect but ${response.status}`);
  return location;
}
