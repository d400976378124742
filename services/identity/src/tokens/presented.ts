import type { AccessClaims } from '@portal/contract';
import type { DpopProofs } from './dpop-proofs.js';

/** For `WWW-Authenticate`. */
export const TOKEN_SCHEMES = 'Bearer, DPoP algs="ES256"';

/** What stands in `Authorization`. */
export interface Presented {
  readonly scheme: 'bearer' | 'dpop';
  readonly token: string;
}

/** A call as far as it says who makes it. */
export interface Presenting {
  readonly method: string;
  /** With or without a query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Three parts as RFC 7515 writes them, without padding; what they are is looked at later. */
export function presentedIn(authorization: string | undefined): Presented | undefined {
  const [, scheme, token] = /^(Bearer|DPoP) ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
  return token === undefined ? undefined : { scheme: scheme?.toLowerCase() as Presented['scheme'], token };
}

/** Whether the token is bound to nothing, and is shown as such: then nothing more is to be looked at. */
export const isBare = ({ cnf }: AccessClaims, { scheme }: Presented): boolean => cnf === undefined && scheme === 'bearer';

/**
 * A bound token is good with a proof by its key alone, and never as a bearer's; one that is bound to nothing is never
 * good as a bound one, or a stolen key would make any token look safe.
 */
export async function isHeldBy(
  claims: AccessClaims, presented: Presented, { method, url, headers }: Presenting, proofs: DpopProofs,
): Promise<boolean> {
  if (isBare(claims, presented)) return true;
  const { dpop: proof, host } = headers;
  const jkt = claims.cnf?.jkt;
  if (presented.scheme !== 'dpop' || typeof jkt !== 'string' || typeof proof !== 'string' || typeof host !== 'string') return false;
  const [path = ''] = url.split('?', 1);
  return proofs.isProof(proof, { method, host, path, token: presented.token, jkt });
}
