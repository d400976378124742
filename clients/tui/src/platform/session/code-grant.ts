import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { answered, tokensOf, type Provider, type ProviderAnswer } from './provider.js';
import type { Tokens } from './token-store.js';

/** One run of the code flow: OpenID Connect with PKCE (S256), state and nonce, whichever way the pages are answered. */
export interface CodeFlow {
  readonly provider: Provider;
  readonly address: URL;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export interface Asking {
  readonly redirect: string;
  /** Absent: whoever is signed in at the provider comes in without questions. */
  readonly prompt?: 'consent' | 'login';
  readonly language?: string | undefined;
}

export async function beginCodeFlow(provider: Provider, { redirect, prompt, language }: Asking): Promise<CodeFlow> {
  const { openid, config, settings, binding } = provider;
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const address = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: settings.scope,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...resourceOf(settings),
    // The code too is worth nothing without the key.
    ...(binding?.DPoP && { dpop_jkt: await binding.DPoP.calculateThumbprint() }),
    ...(prompt !== undefined && { prompt }),
    ...(language !== undefined && { ui_locales: language }),
  });
  return { provider, address, verifier, state, nonce };
}

/** What came back with the browser, for tokens. Everything in the answer and in its id token is looked at first. */
export function redeemCode(flow: CodeFlow, returned: URL): Promise<ProviderAnswer<Tokens>> {
  const { provider: { openid, config, settings, binding }, verifier, state, nonce } = flow;
  return answered(async () => {
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    const granted = await openid.authorizationCodeGrant(config, returned, checks, resourceOf(settings), binding);
    await checkIdToken(granted);
    return { ...tokensOf(granted), provider: settings };
  });
}

export const resourceOf = ({ resource }: { readonly resource?: string | undefined }): Record<string, string> =>
  resource === undefined ? {} : { resource };

/** Besides what the library has looked at: that it is new, and that the access token is the one it was issued with. */
export async function checkIdToken(granted: TokenEndpointResponse & TokenEndpointResponseHelpers): Promise<void> {
  const claims = granted.claims();
  if (claims === undefined) throw refusal('id token missing');
  if (claims.sub === '') throw refusal('id token without a subject');
  const ageS = Date.now() / 1000 - claims.iat;
  if (ageS > OLDEST_S || ageS < -SKEW_S) throw refusal('id token not issued now');
  const expected = claims['at_hash'];
  if (expected === undefined) return;
  const { alg } = JSON.parse(Buffer.from(granted.id_token!.split('.')[0]!, 'base64url').toString()) as { alg: string };
  const { createHash } = await import('node:crypto');
  const digest = createHash(`sha${alg.slice(-3)}`).update(granted.access_token).digest();
  const half = digest.subarray(0, digest.length / 2).toString('base64url');
  if (half !== expected) throw refusal('id token of another access token');
}

const refusal = (why: string): Error => Object.assign(new Error(why), { error: 'invalid_id_token' });

/** Five minutes of clocks that differ, and what a slow line takes. */
const SKEW_S = 300;
const OLDEST_S = 600;
