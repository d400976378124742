import type { IncomingMessage } from 'node:http';
import { API_RESOURCE, type AccessClaims } from '@portal/contract';
import { createLocalJWKSet, errors, jwtVerify, type JWK } from 'jose';
import { refusedAs } from '../http/problems.js';
import type { SigningKeys } from '../platform/signing-keys.js';
import { DpopProofs } from '../tokens/dpop-proofs.js';
import { isHeldBy, presentedIn, TOKEN_SCHEMES } from '../tokens/presented.js';
import type { SignIns } from './sign-ins.js';

/** Takes a request; a `Refused` is thrown where it carries no good access token for the API, or not its proof. */
export type OwnTokens = (request: IncomingMessage) => Promise<AccessClaims>;

/** Looks at access tokens as the API does, without asking for the keys: they are here. Those of a sign-in that has ended are refused. */
export function createOwnTokens(issuer: string, signing: SigningKeys, signIns: SignIns): OwnTokens {
  let [keys, version] = [publishedOf(signing), signing.version];
  const proofs = new DpopProofs();
  return async ({ method = '', url = '', headers }) => {
    const presented = presentedIn(headers.authorization);
    if (presented === undefined) throw notSignedIn('an access token is needed');
    if (version !== signing.version) [keys, version] = [publishedOf(signing), signing.version];
    try {
      const { payload } = await jwtVerify(presented.token, keys, {
        issuer, audience: API_RESOURCE, algorithms: ['ES256'], requiredClaims: ['sub', 'sid', 'exp'], typ: 'at+jwt',
      });
      const claims = payload as unknown as AccessClaims;
      if (!(await isHeldBy(claims, presented, { method, url, headers }, proofs))) {
        throw notSignedIn('the access token is not valid, or no longer');
      }
      if (signIns.findBySession(claims.sid) === undefined) throw notSignedIn('this sign-in has ended');
      return claims;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw notSignedIn('the access token is not valid, or no longer');
    }
  };
}

const publishedOf = (signing: SigningKeys) =>
  createLocalJWKSet({ keys: signing.all().map(({ d: _private, ...published }) => published as unknown as JWK) });

const notSignedIn = (detail: string) => refusedAs('not-signed-in', detail, { 'www-authenticate': TOKEN_SCHEMES });
