import type { API_RESOURCE, SIGN_IN_SCOPE, SignInWays, TERMINAL_CLIENT } from '@portal/contract';
import type { Configuration, CustomFetch, DPoPOptions, TokenEndpointResponse } from 'openid-client';
import { causeOf, neverSent } from '../api/transport.js';
import { userAgent } from '../api/version.js';
import type { DeviceKey } from './device-key.js';
import type { Tokens } from './token-store.js';

/** The OpenID provider that a server trusts. `openid-client` is loaded when first needed: most starts never do. */

export const terminalClient: typeof TERMINAL_CLIENT = 'portal-terminal';
export const apiResource: typeof API_RESOURCE = 'urn:portal:api';
const ownScope: typeof SIGN_IN_SCOPE = 'openid offline_access portal';

/** Where somebody signs in, and as which client. Kept with the tokens: they are shown to nobody else. */
export type ProviderSettings = Omit<SignInWays, 'ways'>;

/** The one that is part of the service. */
export const ownProvider = (server: string): ProviderSettings =>
  ({ issuer: `${server}/oidc`, clientId: terminalClient, scope: ownScope, resource: apiResource });

export type ProviderAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The provider said no. */
  | { readonly kind: 'refused'; readonly reason: string; readonly detail?: string }
  /** Nothing arrived there. */
  | { readonly kind: 'unreachable'; readonly cause: string }
  /** It may have arrived and been acted upon. */
  | { readonly kind: 'lost'; readonly cause: string };

export interface Provider {
  readonly config: Configuration;
  readonly openid: typeof import('openid-client');
  readonly settings: ProviderSettings;
  /** To the key of this device, where what is issued is bound to one. */
  readonly binding?: DPoPOptions;
}

const TIMEOUT_S = 10;

/** By this the provider's own list calls a sign-in: this program, whichever way it was. */
const asOurselves: CustomFetch = (url, options) =>
  fetch(url, { ...options, headers: { ...options.headers, 'user-agent': userAgent() } } as RequestInit);

/** `key`: what is issued is bound to it, where the provider knows how. */
export function findProvider(settings: ProviderSettings, key?: DeviceKey): Promise<ProviderAnswer<Provider>> {
  return answered(async () => {
    const openid = await import('openid-client');
    const issuer = new URL(settings.issuer);
    const config = await openid.discovery(issuer, settings.clientId, undefined, openid.None(), {
      timeout: TIMEOUT_S,
      [openid.customFetch]: asOurselves,
      // An id token is looked at like one that came through the browser: its signature too.
      execute: [openid.enableNonRepudiationChecks, ...(isLoopback(issuer) ? [openid.allowInsecureRequests] : [])],
    });
    const canBind = config.serverMetadata().dpop_signing_alg_values_supported?.includes('ES256') === true;
    if (key === undefined || !canBind) return { config, openid, settings };
    return { config, openid, settings, binding: { DPoP: openid.getDPoPHandle(config, await key.pair()) } };
  });
}

/** `key`: absent where the token is bound to none. */
export async function refresh(at: ProviderSettings, refreshToken: string, key?: DeviceKey): Promise<ProviderAnswer<Tokens>> {
  const provider = await findProvider(at, key);
  if (provider.kind !== 'ok') return provider.kind === 'lost' ? { ...provider, kind: 'unreachable' } : provider;
  const { config, openid, binding } = provider.value;
  const resource: Record<string, string> = at.resource === undefined ? {} : { resource: at.resource };
  return answered(async () => tokensOf(await openid.refreshTokenGrant(config, refreshToken, resource, binding), refreshToken));
}

export async function revoke(at: ProviderSettings, token: string): Promise<ProviderAnswer<void>> {
  const provider = await findProvider(at);
  if (provider.kind !== 'ok') return provider;
  const { config, openid } = provider.value;
  return answered(() => openid.tokenRevocation(config, token, { token_type_hint: 'refresh_token' }));
}

export function tokensOf(answer: TokenEndpointResponse, previousRefreshToken?: string): Tokens {
  const refreshToken = answer.refresh_token ?? previousRefreshToken;
  return {
    accessToken: answer.access_token,
    accessEndsAt: new Date(Date.now() + (answer.expires_in ?? 60) * 1000).toISOString(),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(answer.token_type.toLowerCase() === 'dpop' && { isBound: true }),
  };
}

/** Turns the library's errors into answers; a bug (anything that is neither refusal nor network) is thrown on. */
export async function answered<T>(work: () => Promise<T>): Promise<ProviderAnswer<T>> {
  try {
    return { kind: 'ok', value: await work() };
  } catch (error) {
    const status = statusIn(error);
    const { error: code, error_description: detail } = error as { error?: string; error_description?: string };
    if (neverSent(error)) return { kind: 'unreachable', cause: causeOf(error) };
    if (status === 429 || status === 502 || status === 503) return { kind: 'unreachable', cause: `HTTP ${status}` };
    if (status !== undefined && status < 500) return { kind: 'refused', reason: code ?? `HTTP ${status}`, ...(detail && { detail }) };
    if (code !== undefined) return { kind: 'refused', reason: code, ...(detail && { detail }) };
    // An answer that came and is not what the protocol promises.
    if (status === undefined && isOfProtocol(error)) return { kind: 'refused', reason: String((error as { code: unknown }).code) };
    if (error instanceof TypeError && error.message !== 'fetch failed') throw error;
    return { kind: 'lost', cause: causeOf(error) };
  }
}

/** The library names each of its checks. What is not even JSON comes from something between us and the provider. */
function isOfProtocol(error: unknown): boolean {
  return /^OAUTH_(?!TIMEOUT|ABORT|PARSE_ERROR|RESPONSE_IS_NOT_JSON)/.test(String((error as { code?: unknown }).code ?? ''));
}

/** The library puts the response at the bottom of a chain of causes where its body is not the protocol's. */
function statusIn(error: unknown): number | undefined {
  for (let at = error; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) {
    const { status } = at as { status?: unknown };
    if (typeof status === 'number') return status;
  }
  return undefined;
}

/** Plain http is for this machine alone. */
function isLoopback(url: URL): boolean {
  return url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
