/** A service and its OpenID provider in one, over real HTTP, that can be told to misbehave in one place at a time. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** Each takes what an honest provider says and gives back what is said instead. */
export interface Manners {
  readonly metadata?: (honest: Json) => Json;
  readonly keys?: (honest: readonly Json[]) => readonly Json[];
  /** Of the redirect back. */
  readonly answer?: (honest: URLSearchParams) => URLSearchParams;
  readonly claims?: (honest: Json) => Json;
  readonly header?: (honest: Json) => Json;
  readonly signedWith?: KeyObject;
  /** The whole id token. */
  readonly idToken?: (honest: string) => string;
  readonly tokens?: (honest: Json) => Json;
  /** One after another, to the questions of a device; then the honest tokens. */
  readonly polls?: Json[];
  readonly device?: (honest: Json) => Json;
  readonly deviceStatus?: number;
  /** Whoever does not show a session of AMP is asked, step by step; otherwise nobody ever is. */
  readonly asks?: true;
}

export interface TestProvider {
  readonly url: string;
  readonly key: KeyObject;
  /** Requests for tokens, as they came. */
  readonly asked: URLSearchParams[];
  readonly behave: (manners: Manners) => void;
  readonly stop: () => Promise<void>;
}

const CLIENT = 'portal-terminal';
export const KEYS = {
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  other: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

export async function startProvider(): Promise<TestProvider> {
  let manners: Manners = {};
  const asked: URLSearchParams[] = [];
  const nonces = new Map<string, string>();
  const at = (): Said => ({ url, manners, asked, nonces });
  const server = createServer((request, response) => {
    void route(request, at()).then(answer => send(response, answer), error => send(response, { status: 500, body: { error: String(error) } }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>(resolve => server.close(() => resolve()));
  };
  return { url, key: KEYS.ec.privateKey, asked, behave: next => void (manners = next), stop };
}

interface Said {
  readonly url: string;
  readonly manners: Manners;
  readonly asked: URLSearchParams[];
  /** By code. */
  readonly nonces: Map<string, string>;
}

interface Answer {
  readonly status?: number;
  readonly cookie?: string;
  readonly location?: string;
  readonly body?: unknown;
}

async function route(request: IncomingMessage, said: Said): Promise<Answer> {
  const { url, manners } = said;
  const { pathname, searchParams } = new URL(request.url ?? '', url);
  const same = <T>(honest: T): T => honest;
  const atAmp = amp(request, pathname, searchParams, said);
  if (atAmp !== undefined) return atAmp;
  switch (pathname) {
    case '/sign-in-ways':
      return { body: { issuer: `${url}/oidc`, clientId: CLIENT, scope: 'openid offline_access portal', resource: 'urn:portal:api', ways: ['terminal', 'browser', 'device'] } };
    case '/me':
      return { body: { account: 'account-1', username: 'user7', displayName: 'Somebody', roles: ['appointee'], capacities: [], expiresAt: new Date().toISOString() } };
    case '/oidc/.well-known/openid-configuration':
      return { body: (manners.metadata ?? same)(metadataOf(url)) };
    case '/oidc/jwks':
      return { body: { keys: (manners.keys ?? same)([publicKey(KEYS.ec.publicKey, { kid: 'ec', alg: 'ES256', use: 'sig' })]) } };
    case '/oidc/auth':
      return authorize(searchParams, said);
    case '/oidc/device/auth':
      return { status: manners.deviceStatus ?? 200, body: (manners.device ?? same)({ device_code: 'a-device-code', user_code: 'BCDF-GHJK', verification_uri: `${url}/device`, verification_uri_complete: `${url}/device?user_code=BCDF-GHJK`, expires_in: 60, interval: 1 }) };
    case '/oidc/token':
      return token(new URLSearchParams(await textOf(request)), said);
    default:
      return { status: 404, body: {} };
  }
}

const metadataOf = (url: string): Json => ({
  issuer: `${url}/oidc`,
  authorization_endpoint: `${url}/oidc/auth`,
  token_endpoint: `${url}/oidc/token`,
  jwks_uri: `${url}/oidc/jwks`,
  device_authorization_endpoint: `${url}/oidc/device/auth`,
  id_token_signing_alg_values_supported: ['ES256'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
});

const SESSION = '_session=of-a-test';
const STEPS: Readonly<Record<string, Json>> = {
  '/sign-in/x': { step: 'username' },
  '/sign-in/x/username': { step: 'password', username: 'user7' },
  '/sign-in/x/password': { step: 'stay' },
  '/sign-in/x/stay': { step: 'done', resume: '/oidc/auth/x' },
};
let pending = new URLSearchParams();

/** The steps, and what stands at `/amp`; undefined where it is none of them. */
function amp(request: IncomingMessage, pathname: string, asked: URLSearchParams, said: Said): Answer | undefined {
  const isKnown = request.headers.cookie?.split('; ').includes(SESSION) === true;
  const nobody = { status: 401, body: { type: 'not-signed-in', title: '', status: 401, detail: '' } };
  if (pathname === '/amp') return isKnown ? { body: { username: 'user7', session: 's', since: '2026-01-01T00:00:00.000Z', kept: false } } : nobody;
  if (pathname === '/amp/sign-out') return isKnown ? { body: { signedOut: 2 } } : nobody;
  if (pathname === '/oidc/auth/x') return { ...authorize(pending, said), ...(pending.get('client_id') === 'portal-amp' && { cookie: `${SESSION}; Path=/` }) };
  if (pathname in STEPS) return { body: STEPS[pathname] };
  if (said.manners.asks !== true || pathname !== '/oidc/auth' || (isKnown && !asked.has('prompt'))) return undefined;
  pending = asked;
  return { status: 303, location: '/sign-in/x' };
}

function authorize(asked: URLSearchParams, { url, manners, nonces }: Said): Answer {
  const code = `code-of-a-test-${nonces.size}`;
  nonces.set(code, asked.get('nonce') ?? '');
  const honest = new URLSearchParams({ code, state: asked.get('state') ?? '', iss: `${url}/oidc` });
  const answer = manners.answer?.(honest) ?? honest;
  return { status: 303, location: `${asked.get('redirect_uri')}?${answer}` };
}

function token(asked: URLSearchParams, { url, manners, asked: all, nonces }: Said): Answer {
  all.push(asked);
  const isDevice = asked.get('grant_type')?.endsWith('device_code') === true;
  const wait = isDevice ? manners.polls?.shift() : undefined;
  if (wait !== undefined) return { status: 400, body: wait };
  const accessToken = 'an-access-token';
  const now = Math.floor(Date.now() / 1000);
  const nonce = isDevice ? undefined : nonces.get(asked.get('code') ?? '');
  const atHash = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
  const claims = { iss: `${url}/oidc`, aud: CLIENT, sub: 'account-1', iat: now, exp: now + 600, at_hash: atHash, ...(nonce && { nonce }) };
  const idToken = signed(manners.header?.({ alg: 'ES256', kid: 'ec', typ: 'JWT' }) ?? { alg: 'ES256', kid: 'ec', typ: 'JWT' }, manners.claims?.(claims) ?? claims, manners.signedWith ?? KEYS.ec.privateKey);
  const honest = { access_token: accessToken, token_type: 'Bearer', expires_in: 600, refresh_token: 'a-refresh-token', id_token: manners.idToken?.(idToken) ?? idToken };
  return { body: manners.tokens?.(honest) ?? honest };
}

export function signed(header: Json, claims: Json, key: KeyObject): string {
  const text = [header, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

export const publicKey = (key: KeyObject, more: Json): Json => ({ ...(key.export({ format: 'jwk' }) as Json), ...more });

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function send(response: ServerResponse, { status = 200, cookie, location, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }), ...(cookie !== undefined && { 'set-cookie': cookie }) });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
