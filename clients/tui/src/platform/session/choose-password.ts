import type { ApiProblem, ApiResult } from '../api/result.js';
import { causeOf, neverSent } from '../api/transport.js';

/** A password is chosen by whoever is not signed in: with an invitation, or with a code sent to the account's address. */

interface Username {
  readonly username: string;
}

export const redeemInvitation = (server: string, body: { readonly invitation: string; readonly password: string }) =>
  postOpenly<Username>(server, '/invitations/redeem', body);

/** Answers alike whether there is such an account or not. */
export const beginRecovery = (server: string, body: Username) =>
  postOpenly<{ readonly recovery: string }>(server, '/recovery/begin', body);

export const finishRecovery = (
  server: string,
  body: { readonly recovery: string; readonly code: string; readonly password: string },
) => postOpenly<Username>(server, '/recovery/finish', body);

const TIMEOUT_MS = 15_000;

async function postOpenly<T>(server: string, path: string, body: object): Promise<ApiResult<T>> {
  try {
    const response = await fetch(`${server}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const document: unknown = await response.json();
    return response.ok ? { kind: 'ok', value: document as T } : { kind: 'problem', problem: document as ApiProblem };
  } catch (error) {
    return { kind: neverSent(error) ? 'unreachable' : 'unknown', cause: causeOf(error) };
  }
}
