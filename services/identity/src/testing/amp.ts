/** Signs in at AMP as a program does, and asks for the Portal with what that left. */
import { AMP_CLIENT, AMP_REDIRECT_PATH, AMP_SCOPE, API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, TERMINAL_REDIRECT } from '@portal/contract';
import * as openid from 'openid-client';
import { PASSWORD, USERNAME } from './running-identity.js';
import { discover, post, type Answer } from './terminal.js';

export type Jar = Map<string, string>;

export interface Landed {
  /** Where it led to at the first redirect. */
  readonly to: URL;
  readonly exchange: () => ReturnType<typeof openid.authorizationCodeGrant>;
}

export async function signInAtAmp(url: string, jar: Jar, stay = false, username = USERNAME): Promise<void> {
  const { to } = await authorize(url, jar, { client_id: AMP_CLIENT, scope: AMP_SCOPE, redirect_uri: url + AMP_REDIRECT_PATH });
  const step = (name: string, body: object) => call(jar, `${to.href}/${name}`, body);
  await step('username', { username });
  await step('password', { password: PASSWORD });
  const done = await step('stay', { stay });
  await call(jar, new URL(((await done.json()) as { resume: string }).resume, url).href);
}

/** For the Portal, unless said otherwise. */
export async function authorize(url: string, jar: Jar, change: Record<string, string> = {}): Promise<Landed> {
  const config = await discover(url);
  const verifier = openid.randomPKCECodeVerifier();
  const isAmp = change['client_id'] === AMP_CLIENT;
  const address = openid.buildAuthorizationUrl(config, {
    client_id: TERMINAL_CLIENT, redirect_uri: TERMINAL_REDIRECT, scope: SIGN_IN_SCOPE, ...(!isAmp && { resource: API_RESOURCE }),
    code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...change,
  });
  const to = new URL((await call(jar, address.href)).headers.get('location') ?? 'none:', url);
  return { to, exchange: () => openid.authorizationCodeGrant(config, to, { pkceCodeVerifier: verifier }, { resource: API_RESOURCE }) };
}

export async function call(jar: Jar, address: string, body?: object): Promise<Response> {
  const response = await fetch(address, {
    redirect: 'manual',
    headers: { cookie: cookies(jar), 'user-agent': 'portal-terminal/0.1.0', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    if (at + 1 === pair.length) jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return response;
}

export const signOutOfAmp = (url: string, jar: Jar): Promise<Answer> => post(`${url}/amp/sign-out`, {}, { cookie: cookies(jar) });

const cookies = (jar: Jar): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
