import type { Factor, Me, SignInStep, TERMINAL_REDIRECT } from '@portal/contract';
import type { ApiProblem, ApiResult } from '../api/result.js';
import { beginCodeFlow, redeemCode, type CodeFlow } from './code-grant.js';
import { createCookieJar } from './cookies.js';
import { keepSignedIn, problemOf, refusedBy } from './keep-signed-in.js';
import { keepDevice, keptDevice } from './known-device.js';
import type { Provider, ProviderAnswer } from './provider.js';
import type { ClientOptions } from './session.js';
import { attempt, follow, request, type Visit } from './visit.js';
import { providerFor } from './ways.js';

/** Signing in from the terminal: the code flow with PKCE, its pages answered as JSON steps (contract/sign-in.ts). */

export const terminalRedirect: typeof TERMINAL_REDIRECT = 'http://127.0.0.1/signed-in';

const KNOWN = ['username', 'password', 'code', 'approve', 'stay'] as const;

/** What the provider asks next; `signed-in` ends it, `unsupported` is a step this client does not know. */
export type SignInState<Who = Me> =
  | Extract<SignInStep, { step: (typeof KNOWN)[number] }>
  | { readonly step: 'signed-in'; readonly me: Who }
  | { readonly step: 'unsupported'; readonly name: string };

export interface SignIn<Who = Me> {
  readonly state: () => SignInState<Who>;
  /** A refusal (a wrong password) leaves the state as it was: answer again. */
  readonly username: (username: string) => Promise<ApiResult<SignInState<Who>>>;
  /** `wanted`: the way that is asked for next, where any is set up. */
  readonly password: (password: string, wanted?: Factor) => Promise<ApiResult<SignInState<Who>>>;
  readonly code: (code: string) => Promise<ApiResult<SignInState<Who>>>;
  /** Has the number been typed on the other device? The same step again: not yet. */
  readonly approve: () => Promise<ApiResult<SignInState<Who>>>;
  /** Another way than the one asked for, or the same once more: a new code, a new number. */
  readonly factor: (factor: Factor) => Promise<ApiResult<SignInState<Who>>>;
  readonly stay: (stay: boolean) => Promise<ApiResult<SignInState<Who>>>;
}

/** Into the Portal. */
export function startSignIn(options: ClientOptions): Promise<ApiResult<SignIn>> {
  return startSteps(options, {
    redirect: terminalRedirect,
    provider: at => providerFor(at, 'terminal'),
    end: async (visit, code, returned) => {
      const granted = await redeemCode(code, returned);
      return granted.kind === 'ok' ? keepSignedIn(visit.options, granted.value) : refusedBy(granted);
    },
  });
}

/** Where a sign-in leads, and what is made of it at its end. */
export interface Destination<Who> {
  readonly redirect: string;
  readonly provider: (options: ClientOptions) => Promise<ProviderAnswer<Provider>>;
  readonly end: (visit: Visit, code: CodeFlow, returned: URL) => Promise<ApiResult<Who>>;
}

export async function startSteps<Who>(options: ClientOptions, to: Destination<Who>): Promise<ApiResult<SignIn<Who>>> {
  const provider = await to.provider(options);
  if (provider.kind !== 'ok') return refusedBy(provider);
  const jar = createCookieJar(keptDevice(options));
  const code = await beginCodeFlow(provider.value, { redirect: to.redirect, prompt: 'consent' });
  const flow: Flow<Who> = { options, jar, code, to, redirect: to.redirect };
  return attempt(async () => {
    const page = await follow(flow, code.address);
    if (page.kind !== 'page') return { kind: 'problem', problem: problemOf('sign-in-refused', 'no sign-in page') };
    const first = await stepFrom(flow, page.response);
    return first.kind === 'ok' ? { kind: 'ok', value: signIn(flow, page.url, first.value) } : first;
  });
}

interface Flow<Who> extends Visit {
  readonly code: CodeFlow;
  readonly to: Destination<Who>;
}

function signIn<Who>(flow: Flow<Who>, page: URL, first: SignInState<Who>): SignIn<Who> {
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
    password: (password, wanted) => answer('password')({ password, ...(wanted !== undefined && { factor: wanted }) }),
    code: code => answer('code')({ code }),
    approve: () => answer('approve')({}),
    factor: factor => answer('factor')({ factor }),
    stay: stay => answer('stay')({ stay }),
  };
}

async function stepFrom<Who>(flow: Flow<Who>, response: Response): Promise<ApiResult<SignInState<Who>>> {
  // Said by what stands between: the provider itself is not there at the moment.
  if (response.status === 502 || response.status === 504) return { kind: 'unreachable', cause: `HTTP ${response.status}` };
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

async function finish<Who>(flow: Flow<Who>, resume: URL): Promise<ApiResult<SignInState<Who>>> {
  const end = await follow(flow, resume);
  // The provider may ask one thing more after the last step.
  if (end.kind === 'page') return stepFrom(flow, end.response);
  await keepDevice(flow.options, flow.jar);
  const who = await flow.to.end(flow, flow.code, end.url);
  return who.kind === 'ok' ? { kind: 'ok', value: { step: 'signed-in', me: who.value } } : who;
}
