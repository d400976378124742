import { createHash, randomBytes } from 'node:crypto';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, TERMINAL_REDIRECT, type SignInStep } from '@portal/contract';

/** Signs in as the terminal does, step by step over HTTP, and gives back the access token. */
export async function signIn(url: string, username: string, password: string): Promise<string> {
  const browser = new Browser();
  const verifier = randomBytes(32).toString('base64url');
  const page = await browser.redirected(`${url}/oidc/auth?${authorization(verifier)}`, url);
  const step = (name: string, body: object): Promise<SignInStep> => browser.post(`${page.href}/${name}`, body);
  await step('username', { username });
  await step('password', { password });
  const done = await step('stay', { stay: false });
  if (done.step !== 'done') throw new Error(`${username} was not signed in: ${JSON.stringify(done)}`);
  const callback = await browser.redirected(new URL(done.resume, url).href, url);
  return exchange(url, callback.searchParams.get('code') ?? '', verifier);
}

function authorization(verifier: string): URLSearchParams {
  return new URLSearchParams({
    client_id: TERMINAL_CLIENT,
    response_type: 'code',
    redirect_uri: TERMINAL_REDIRECT,
    scope: SIGN_IN_SCOPE,
    resource: API_RESOURCE,
    prompt: 'consent',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
}

async function exchange(url: string, code: string, verifier: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: TERMINAL_CLIENT,
    redirect_uri: TERMINAL_REDIRECT,
    resource: API_RESOURCE,
    code,
    code_verifier: verifier,
  });
  const answer = (await (await fetch(`${url}/oidc/token`, { method: 'POST', body })).json()) as { access_token?: string };
  if (answer.access_token === undefined) throw new Error(`no token: ${JSON.stringify(answer)}`);
  return answer.access_token;
}

/** Keeps cookies and follows no redirect by itself. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async redirected(address: string, base: string): Promise<URL> {
    const response = await this.#call(address, { method: 'GET' });
    const location = response.headers.get('location');
    if (location === null) throw new Error(`no redirect but ${response.status} ${await response.text()}`);
    return new URL(location, base);
  }

  async post(address: string, body: object): Promise<SignInStep> {
    const headers = { 'content-type': 'application/json' };
    const response = await this.#call(address, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as SignInStep;
  }

  async #call(address: string, request: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { ...request, redirect: 'manual', headers: { ...request.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }
}
