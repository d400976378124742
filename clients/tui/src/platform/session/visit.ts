import type { ApiResult } from '../api/result.js';
import { causeOf, neverSent } from '../api/transport.js';
import { userAgent } from '../api/version.js';
import type { CookieJar } from './cookies.js';
import { problemOf } from './keep-signed-in.js';
import type { ClientOptions } from './session.js';

/** How the terminal stands in for a browser at the service's own provider. */
export interface Visit {
  readonly options: ClientOptions;
  readonly jar: CookieJar;
  /** Where the way ends: it is not asked for. */
  readonly redirect: string;
}

const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 10;

export type Followed = { kind: 'page'; url: URL; response: Response } | { kind: 'redirected'; url: URL };

/** Follows redirects by hand, keeping cookies, until a page answers or the client's own address is reached. */
export async function follow(flow: Visit, start: URL): Promise<Followed> {
  let url = start;
  for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
    const response = await request(flow, url);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return { kind: 'page', url, response };
    await response.arrayBuffer();
    url = new URL(location, url);
    if (`${url.origin}${url.pathname}` === flow.redirect) return { kind: 'redirected', url };
  }
  throw new Error('the provider redirects in circles');
}

/** Cookies and answers go to the server that was asked for, and to no other. */
export async function request(flow: Visit, url: URL, body?: unknown): Promise<Response> {
  if (url.origin !== new URL(flow.options.server).origin) throw new Error(`sign-in was sent to ${url.origin}`);
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      cookie: flow.jar.header(url),
      'user-agent': userAgent(flow.options.version),
      ...(flow.options.language && { 'accept-language': flow.options.language() }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  flow.jar.take(response, url);
  return response;
}

/** Network trouble as an outcome. A sign-in half done is simply begun again, so nothing here is `unknown`. */
export async function attempt<T>(work: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
  try {
    return await work();
  } catch (error) {
    const isLost = error instanceof Error && (error.name === 'TimeoutError' || error.message === 'fetch failed');
    if (isLost || neverSent(error)) return { kind: 'unreachable', cause: causeOf(error) };
    if (error instanceof SyntaxError) {
      return { kind: 'problem', problem: problemOf('sign-in-refused', 'not a sign-in page') };
    }
    throw error;
  }
}
