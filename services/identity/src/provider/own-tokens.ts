import { API_RESOURCE, type AccessClaims } from '@portal/contract';
import { createLocalJWKSet, errors, jwtVerify, type JWK } from 'jose';
import { refusedAs } from '../http/problems.js';
import type { Secrets } from '../platform/secrets.js';

/** Takes what stands in `Authorization`; a `Refused` is thrown where that is no good access token for the API. */
export type OwnTokens = (authorization: string | undefined) => Promise<AccessClaims>;

/** Looks at access tokens as the API does, without asking for the keys: they are here. */
export function createOwnTokens(issuer: string, { signingKey }: Secrets): OwnTokens {
  const { d: _private, ...published } = signingKey;
  const keys = createLocalJWKSet({ keys: [published as unknown as JWK] });
  return async (authorization = '') => {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    if (token === undefined) throw notSignedIn('an access token is needed');
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer, audience: API_RESOURCE, algorithms: ['ES256'], requiredClaims: ['sub', 'sid', 'exp'],
      });
      return payload as unknown as AccessClaims;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw notSignedIn('the access token is not valid, or no longer');
    }
  };
}

const notSignedIn = (detail: string) => refusedAs('not-signed-in', detail, { 'www-authenticate': 'Bearer' });
