import type { Factor, Me, SignInStep, TERMINAL_REDIRECT } from '@portal/contract';
import type { ApiProblem, ApiResult } from '../api/result.js';
import { causeOf, neverSent } from '../api/transport.js';
import { beginCodeFlow, redeemCode, type CodeFlow } from './code-grant.js';
import { createCookieJar, type CookieJar } from './cookies.js';
import { keepSignedIn, problemOf, refusedBy } from './keep-signed-in.js';
import { keepDevice, keptDevice } from './known-device.js';
import type { ClientOptions } from './session.js';
import { providerFor } from './ways.js';

/** Signing in from the terminal: the code flow with PKCE, its pages answered as JSON steps (contract/sign-in.ts). */

const redirect: typeof TERMINAL_REDIRECT = 'http://127.0.0.1/signed-in';
const TIMEOUT_MS = 15_000;
const MOST_REDIRECTS = 10;

const KNOWN = ['username', 'password', 'code', 'approve', 'stay'] as const;

/** What the provider asks next; `signed-in` ends it, `unsupported` is a step this client does not know. */
export type SignInState =
  | Extract<SignInStep, { step: (typeof KNOWN)[number] }>
  | { readonly step: 'signed-in'; readonly me: Me }
  | { readonly step: 'unsupported'; readonly name: string };

export interface SignIn {
  readonly state: () => SignInState;
  /** A refusal (a wrong password) leaves the state as it was: answer again. */
  readonly username: (username: string) => Promise<ApiResult<SignInState>>;
  readonly password: (password: string) => Promise<ApiResult<SignInState>>;
  readonly code: (code: string) => Promise<ApiResult<SignInState>>;
  /** Has the number been typed on the other device? The same step again: not yet. */
  readonly approve: () => Promise<ApiResult<SignInState>>;
  /** Another way than the one asked for, or the same once more: a new code, a new number. */
  readonly factor: (factor: Factor) => Promise<ApiResult<SignInState>>;
  readonly stay: (stay: boolean) => Promise<ApiResult<SignInState>>;
}

export async function startSignIn(options: ClientOptions): Promise<ApiResult<SignIn>> {
  const provider = await providerFor(options, 'terminal');
  if (provider.kind !== 'ok') return refusedBy(provider);
  const jar = createCookieJar(keptDevice(options));
  const code = await beginCodeFlow(provider.value, { redirect, prompt: 'consent' });
  const flow: Flow = { options, jar, code };
  return attempt(async () => {
    const page = await follow(flow, code.address);
    if (page.kind !== 'page') return { kind: 'problem', problem: problemOf('sign-in-refused', 'no sign-in page') };
    const first = await stepFrom(flow, page.response);
    return first.kind === 'ok' ? { kind: 'ok', value: signIn(flow, page.url, first.value) } : first;
  });
}

interface Flow {
  readonly options: ClientOptions;
  readonly jar: CookieJar;
  readonly code: CodeFlow;
}

function signIn(flow: Flow, page: URL, first: SignInState): SignIn {
  let state = first;
  const answer = (step: string) => (body: unknown) =>
    attempt(async () => {
      const url = new URL(`${page.origin}${page.pathname}/${step}`);
      const next = await stepFrom(flow, await request(flow, url, body));
      if (next.kind === 'ok') state = next.value;
      return next;
    });
  return {
    state: () => state,
    username: username => answer('username')({ username }),
    password: password => answer('password')({ password }),
    code: code => answer('code')({ code }),
    approve: () => answer('approve')({}),
    factor: factor => answer('factor')({ factor }),
    stay: stay => answer('stay')({ stay }),
  };
}

async function stepFrom(flow: Flow, response: Response): Promise<ApiResult<SignInState>> {
  const document = (await response.json()) as SignInStep | ApiProblem;
  if (!response.ok) {
    const problem = document as Partial<ApiProblem>;
    const bare = problemOf('sign-in-refused', `HTTP ${response.status}`);
    return { kind: 'problem', problem: problem.type === undefined ? bare : (problem as ApiProblem) };
  }
  const step = document as SignInStep;
  if (step.step === 'done') return finish(flow, new URL(step.resume, flow.options.server));
  if (KNOWN.some(known => known === step.step)) return { kind: 'ok', value: step };
  return { kind: 'ok', value: { step: 'unsupported', name: String((step as { step: unknown }).step) } };
}

async function finish(flow: Flow, resume: URL): Promise<ApiResult<SignInState>> {
  const end = await follow(flow, resume);
  // The provider may ask one thing more after the last step.
  if (end.kind === 'page') return stepFrom(flow, end.response);
  const granted = await redeemCode(flow.code, end.url);
  if (granted.kind !== 'ok') return refusedBy(granted);
  await keepDevice(flow.options, flow.jar);
  const me = await keepSignedIn(flow.options, granted.value);
  return me.kind === 'ok' ? { kind: 'ok', value: { step: 'signed-in', me: me.value } } : me;
}

type Followed = { kind: 'page'; url: URL; response: Response } | { kind: 'redirected'; url: URL };

/** Follows redirects by hand, keeping cookies, until a page answers or the terminal's own address is reached. */
async function follow(flow: Flow, start: URL): Promise<Followed> {
  let url = start;
  for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
    const response = await request(flow, url);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return { kind: 'page', url, response };
    await response.arrayBuffer();
    url = new URL(location, url);
    if (`${url.origin}${url.pathname}` === redirect) return { kind: 'redirected', url };
  }
  throw new Error('the provider redirects in circles');
}

/** Cookies and answers go to the server that was asked for, and to no other. */
async function request(flow: Flow, url: URL, body?: unknown): Promise<Response> {
  if (url.origin !== new URL(flow.options.server).origin) throw new Error(`sign-in was sent to ${url.origin}`);
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      cookie: flow.jar.header(url),
      'user-agent': `portal-terminal/${flow.options.version}`,
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
async function attempt<T>(work: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
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
