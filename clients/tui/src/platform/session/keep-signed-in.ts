import type { Me } from '@portal/contract';
import { createApi } from '../api/api.js';
import type { ApiProblem, ApiResult } from '../api/result.js';
import type { ProviderAnswer } from './provider.js';
import { openSession, type ClientOptions } from './session.js';
import type { Tokens } from './token-store.js';

/** The end of every way in: the tokens are kept, and the service says who it is. Whom it does not know stays outside. */
export async function keepSignedIn(options: ClientOptions, tokens: Tokens): Promise<ApiResult<Me>> {
  const session = openSession(options);
  await session.store(tokens);
  const { server, version } = options;
  const me = await createApi({ server, version, tokens: session }).me();
  if (me.kind === 'problem') await session.forget();
  return me;
}

export function refusedBy(answer: Exclude<ProviderAnswer<never>, { kind: 'ok' }>): ApiResult<never> {
  if (answer.kind !== 'refused') return { kind: 'unreachable', cause: answer.cause };
  const { reason } = answer;
  return { kind: 'problem', problem: problemOf(OWN_WORDS.get(reason) ?? 'sign-in-refused', reason) };
}

export function problemOf(type: string, detail: string): ApiProblem {
  return { type, title: 'Sign-in refused', status: 401, detail };
}

/** Refusals that have a sentence of their own: `problem.<type>`. */
const OWN_WORDS: ReadonlyMap<string, string> = new Map([
  ['way-unavailable', 'way-unavailable'],
  ['access_denied', 'sign-in-denied'],
  ['expired_token', 'sign-in-expired'],
  ['sign-in-expired', 'sign-in-expired'],
  ['sign-in-given-up', 'sign-in-given-up'],
  ['device-blocked', 'device-blocked'],
]);
