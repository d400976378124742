import type { API_RESOURCE, TERMINAL_CLIENT } from '@portal/contract';
import type { Configuration, TokenEndpointResponse } from 'openid-client';
import { causeOf, neverSent } from '../api/transport.js';
import type { Tokens } from './token-store.js';

/** The OpenID provider of one server. `openid-client` is loaded when first needed: most starts never do. */

export const terminalClient: typeof TERMINAL_CLIENT = 'portal-terminal';
export const apiResource: typeof API_RESOURCE = 'urn:portal:api';

export type ProviderAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The provider said no. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nothing arrived there. */
  | { readonly kind: 'unreachable'; readonly cause: string }
  /** It may have arrived and been acted upon. */
  | { readonly kind: 'lost'; readonly cause: string };

export interface Provider {
  readonly config: Configuration;
  readonly openid: typeof import('openid-client');
}

const TIMEOUT_S = 10;

export function findProvider(server: string): Promise<ProviderAnswer<Provider>> {
  return answered(async () => {
    const openid = await import('openid-client');
    const issuer = new URL(`${server}/oidc`);
    const config = await openid.discovery(issuer, terminalClient, undefined, openid.None(), {
      timeout: TIMEOUT_S,
      execute: isLoopback(issuer) ? [openid.allowInsecureRequests] : [],
    });
    return { config, openid };
  });
}

export async function refresh(server: string, refreshToken: string): Promise<ProviderAnswer<Tokens>> {
  const provider = await findProvider(server);
  if (provider.kind !== 'ok') return provider.kind === 'lost' ? { ...provider, kind: 'unreachable' } : provider;
  const { config, openid } = provider.value;
  return answered(async () =>
    tokensOf(await openid.refreshTokenGrant(config, refreshToken, { resource: apiResource }), refreshToken),
  );
}

export async function revoke(server: string, token: string): Promise<ProviderAnswer<void>> {
  const provider = await findProvider(server);
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
  };
}

/** Turns the library's errors into answers; a bug (anything that is neither refusal nor network) is thrown on. */
export async function answered<T>(work: () => Promise<T>): Promise<ProviderAnswer<T>> {
  try {
    return { kind: 'ok', value: await work() };
  } catch (error) {
    const status = statusIn(error);
    const { error: code } = error as { error?: string };
    if (neverSent(error)) return { kind: 'unreachable', cause: causeOf(error) };
    if (status === 429 || status === 502 || status === 503) return { kind: 'unreachable', cause: `HTTP ${status}` };
    if (status !== undefined && status < 500) return { kind: 'refused', reason: code ?? `HTTP ${status}` };
    if (code !== undefined) return { kind: 'refused', reason: code };
    if (error instanceof TypeError && error.message !== 'fetch failed') throw error;
    return { kind: 'lost', cause: causeOf(error) };
  }
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
