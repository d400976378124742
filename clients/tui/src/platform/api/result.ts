import type { Problem, ProblemType } from '@portal/contract';

/** A refusal as the service sent it: `type` is what programs compare, further members come by type. */
export type ApiProblem = Problem & { readonly type: ProblemType | (string & {}) };

/**
 * What became of one call.
 * - `unreachable`: nothing was done; the service could not be reached.
 * - `unknown`: a write whose answer was lost. It may have been done: repeat it with the same command id.
 * - `signed-out`: the person must sign in again; nothing was done.
 */
export type ApiResult<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'problem'; readonly problem: ApiProblem }
  | { readonly kind: 'unreachable'; readonly cause: string }
  | { readonly kind: 'unknown'; readonly cause: string }
  | { readonly kind: 'signed-out' };

export type NotDone = Exclude<ApiResult<never>, { kind: 'ok' }>;

/** Carries the value over and leaves every other outcome as it is. */
export function mapResult<A, B>(result: ApiResult<A>, change: (value: A) => B): ApiResult<B> {
  return result.kind === 'ok' ? { kind: 'ok', value: change(result.value) } : result;
}

/** Where access tokens come from; `session/` holds the one that refreshes and shares them with other processes. */
export interface TokenSource {
  /** One that is good now. `refused`: one that the service has just turned away, never to be given again. */
  access(refused?: string): Promise<AccessToken>;
}

export type AccessToken =
  | GoodToken
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable'; readonly cause: string };

export interface GoodToken {
  readonly kind: 'token';
  readonly token: string;
  /** Where the token is bound to a key of this device. */
  readonly key?: ProvingKey;
}

export interface ProvingKey {
  readonly prove: (call: { readonly method: string; readonly url: string; readonly token: string }) => string;
  /** What the server says the time is; whether that is news. */
  readonly setTime: (date: string | null) => boolean;
}

/** How a call says whose it is: with a proof made for it alone, where the token wants one. */
export function authorizing({ token, key }: GoodToken, method: string, url: string): Record<string, string> {
  if (key === undefined) return { authorization: `Bearer ${token}` };
  return { authorization: `DPoP ${token}`, dpop: key.prove({ method, url, token }) };
}

/** Problems that are not of the request: the same request may succeed later. */
const PASSING: ReadonlySet<string> = new Set<ProblemType>([
  'store-full',
  'outcome-unknown',
  'view-behind',
  'unavailable',
  'internal',
  'too-many-requests',
  // Whose marks wait is known: they go when the account is set up.
  'factor-not-set-up',
]);

export function isPassing(problem: { readonly type: string }): boolean {
  return PASSING.has(problem.type);
}
