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
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable'; readonly cause: string };

/** Problems of the machine, not of the request: the same request may succeed later. */
const PASSING: ReadonlySet<string> = new Set<ProblemType>([
  'store-full',
  'outcome-unknown',
  'view-behind',
  'unavailable',
  'internal',
  'too-many-requests',
]);

export function isPassing(problem: { readonly type: string }): boolean {
  return PASSING.has(problem.type);
}
