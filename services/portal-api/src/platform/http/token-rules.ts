import { API_RESOURCE, type AccessClaims } from '@portal/contract';
import { errors, type JWTPayload, type JWTVerifyResult } from 'jose';
import type { OtherProvider } from '../config.js';

/** What is asked of an access token besides its signature; the rest `jose` checks by `optionsFor`. */

/** Only these (RFC 8725): a key of ours or of a provider of the board, never a shared secret, never nothing. */
export const ALGORITHMS = ['ES256', 'RS256', 'PS256'];

export function optionsFor(issuer: string, provider: OtherProvider | undefined) {
  const named = provider?.usernameClaim;
  return {
    issuer,
    audience: provider?.audience ?? API_RESOURCE,
    algorithms: ALGORITHMS,
    requiredClaims: ['sub', 'exp', ...(named === undefined ? ['sid'] : [named])],
  };
}

/** Throws where a token names nobody, or is of another kind: an id token opens nothing, though the same provider signed it. */
export function checkKind({ protectedHeader, payload }: JWTVerifyResult, provider: OtherProvider | undefined): void {
  const names = provider?.usernameClaim === undefined ? [payload.sub, payload['sid']] : [payload.sub];
  if (!names.every((name) => typeof name === 'string')) throw new errors.JWTInvalid('it names nobody');
  const type = protectedHeader.typ?.toLowerCase().replace(/^application\//, '');
  if (type === 'at+jwt') return;
  // Not every provider follows RFC 9068. What all say of an access token, and of no id token, is its scope.
  const isPlain = provider !== undefined && (type === undefined || type === 'jwt');
  if (isPlain && (typeof payload['scp'] === 'string' || typeof payload['scope'] === 'string')) return;
  throw new errors.JWTInvalid('not an access token');
}

/**
 * The claims in the words of our own tokens. `accountOf` finds the account by a user name; undefined where there is
 * none of that name.
 */
export async function claimsOf(
  payload: JWTPayload, provider: OtherProvider | undefined, accountOf: (username: string) => Promise<string | undefined>,
): Promise<AccessClaims | undefined> {
  const name = provider?.usernameClaim;
  if (name === undefined) return payload as unknown as AccessClaims;
  const username = payload[name];
  const account = typeof username === 'string' ? await accountOf(username) : undefined;
  if (account === undefined) return undefined;
  const amr = Array.isArray(payload['amr']) ? payload['amr'].map(String) : [];
  // Of another provider the session may have another name, or none: then it is the token.
  const session = ['sid', 'uti', 'jti'].map((one) => payload[one]).find((one) => typeof one === 'string');
  return { ...payload, sub: account, sid: String(session ?? payload.sub), amr } as unknown as AccessClaims;
}
