import type { Problem, ProblemType } from '@portal/contract';
import type { FailureReason } from '@portal/event-store';

const PROBLEMS = {
  'malformed-request': [422, 'The request is not well formed'],
  'too-large': [413, 'The request is too large'],
  'not-found': [404, 'There is nothing at this address'],
  'method-not-allowed': [405, 'This address does not take this method'],
  'unsupported-media-type': [415, 'The body must be JSON'],
  'too-many-requests': [429, 'Too many requests'],
  'sign-in-refused': [401, 'The sign-in was refused'],
  'not-signed-in': [401, 'Not signed in'],
  'password-refused': [401, 'The password was refused'],
  'password-common': [422, 'The password is too easily guessed'],
  'code-refused': [401, 'The code was refused'],
  'approval-denied': [401, 'The sign-in was not approved'],
  'approval-expired': [401, 'The number has expired'],
  'factor-unavailable': [409, 'This way of signing in is not set up or not open at the moment'],
  'factor-needed': [401, 'Sign in again first'],
  'pairing-refused': [401, 'The pairing code is not known, was used, or is too old'],
  'device-refused': [401, 'The device is not known here, or its signature is not right'],
  'request-settled': [409, 'There is no such open request'],
  'store-full': [507, 'The disk is full: nothing was recorded'],
  'outcome-unknown': [503, 'It is not known whether this was recorded: repeat it'],
  unavailable: [503, 'Not available at the moment'],
  internal: [500, 'Something went wrong here'],
} as const satisfies Partial<Record<ProblemType, readonly [status: number, title: string]>>;

export type IdentityProblem = keyof typeof PROBLEMS;

export function problem(type: IdentityProblem, detail: string): Problem {
  const [status, title] = PROBLEMS[type];
  return { type, title, status, detail };
}

/** An answer that is a "no": thrown from where it is found to where it is sent. */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.type);
  }
}

/** `more`: further members of the problem. */
export const refusedAs = (
  type: IdentityProblem, detail: string, headers?: Readonly<Record<string, string>>, more: Readonly<Record<string, unknown>> = {},
): Refused => new Refused({ ...problem(type, detail), ...more }, headers);

/** Nothing was issued. */
export function notRecorded(reason: FailureReason): Refused {
  if (reason === 'full') return refusedAs('store-full', 'nothing was recorded, and nobody was signed in');
  return refusedAs('outcome-unknown', 'it could not be recorded, and nobody was signed in: try again');
}
