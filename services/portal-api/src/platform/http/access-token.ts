import { Inject, Injectable } from '@nestjs/common';
import type { AccessClaims } from '@portal/contract';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Config } from '../config.js';
import { PersonNames } from '../person-names.js';
import { CONFIG } from '../tokens.js';
import { Views } from '../views.js';
import { ProblemError } from './problem-error.js';
import { providerKeys } from './provider-keys.js';
import { checkKind, claimsOf, optionsFor } from './token-rules.js';

export interface ServedConfig extends Config {
  /** The provider whose tokens are trusted. */
  readonly issuer: string;
}

/** Trusts a token that this issuer signed for this service and that has not ended, and no other. */
@Injectable()
export class AccessTokens {
  readonly #config: ServedConfig;
  readonly #people: PersonNames;
  readonly #views: Views;
  #keys: JWTVerifyGetKey | undefined;
  /** A signature is checked once a token; what it says of its end is looked at every time. */
  readonly #verified = new Map<string, AccessClaims>();

  constructor(@Inject(CONFIG) config: ServedConfig, people: PersonNames, views: Views) {
    this.#config = config;
    this.#people = people;
    this.#views = views;
  }

  /** What a token says that was verified before and has not ended; undefined: it is to be verified. */
  known(token: string): AccessClaims | undefined {
    const known = this.#verified.get(token);
    return known !== undefined && known.exp * 1000 > Date.now() ? known : undefined;
  }

  async verify(token: string): Promise<AccessClaims> {
    const known = this.known(token);
    if (known !== undefined) return known;
    this.#verified.delete(token);
    const payload = await this.#check(token);
    const claims = (await this.#claimsOf(payload)) ?? (await this.#claimsOfNewcomer(payload));
    if (claims === undefined) throw new ProblemError('not-permitted', 'this account is not known here');
    if (this.#verified.size >= MOST_REMEMBERED) this.#verified.clear();
    this.#verified.set(token, claims);
    return claims;
  }

  #claimsOf(payload: JWTPayload): Promise<AccessClaims | undefined> {
    return claimsOf(payload, this.#config.provider, (username) => this.#people.account(username));
  }

  /** Their account may be younger than what the views show. */
  async #claimsOfNewcomer(payload: JWTPayload): Promise<AccessClaims | undefined> {
    await this.#views.caughtUp();
    return this.#claimsOf(payload);
  }

  /** They were changed: asked for anew with the next token. */
  forgetKeys(): void {
    this.#keys = undefined;
  }

  /** Where the provider keeps its keys is for the provider to say (OpenID Connect Discovery 1.0). */
  async #discover(): Promise<JWTVerifyGetKey> {
    const { identityUrl } = this.#config;
    if (identityUrl !== undefined) return providerKeys(`${identityUrl}/oidc/jwks`);
    const issuer = this.#config.issuer.replace(/\/$/, '');
    const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { jwks_uri: keys } = (await response.json()) as { jwks_uri: string };
    return providerKeys(keys);
  }

  async #check(token: string): Promise<JWTPayload> {
    try {
      const { issuer, provider } = this.#config;
      const keys = (this.#keys ??= await this.#discover());
      const verified = await jwtVerify(token, keys, optionsFor(issuer, provider));
      checkKind(verified, provider);
      return verified.payload;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw new ProblemError('unavailable', 'the sign-in service cannot be asked at the moment');
      }
      throw new ProblemError('not-signed-in', 'the access token is not valid, or no longer');
    }
  }
}

const MOST_REMEMBERED = 10_000;
const PATIENCE_MS = 5_000;
