import type { DeviceAuthorizationResponse } from 'openid-client';
import type { ApiResult } from '../api/result.js';
import { checkIdToken, resourceOf } from './code-grant.js';
import type { Elsewhere } from './elsewhere.js';
import { keepSignedIn, refusedBy } from './keep-signed-in.js';
import { answered, tokensOf, type Provider, type ProviderAnswer } from './provider.js';
import type { ClientOptions } from './session.js';
import type { Tokens } from './token-store.js';
import { providerFor } from './ways.js';

/** Signing in with a code that is typed on another device (RFC 8628): the fallback where there is no browser here. */
export async function startDeviceSignIn(options: ClientOptions): Promise<ApiResult<Elsewhere>> {
  const provider = await providerFor(options, 'device');
  if (provider.kind !== 'ok') return refusedBy(provider);
  const begun = await begin(provider.value);
  if (begun.kind !== 'ok') return refusedBy(inOurWords(begun));
  const { verification_uri: address, user_code: userCode, expires_in: expiresInS } = begun.value;
  const whole = begun.value.verification_uri_complete;
  if (![address, whole ?? address].every(isWebAddress)) return refusedBy({ kind: 'refused', reason: 'invalid_response' });
  const givenUp = new AbortController();
  const end = async (): Promise<Awaited<Elsewhere['ended']>> => {
    const granted = await poll(provider.value, begun.value, givenUp.signal);
    return granted.kind === 'ok' ? keepSignedIn(options, granted.value) : refusedBy(inOurWords(granted));
  };
  return {
    kind: 'ok',
    value: {
      way: 'device', address, userCode,
      ...(whole !== undefined && { addressWithCode: whole }),
      expiresAt: new Date(Date.now() + expiresInS * 1000).toISOString(),
      ended: end(),
      giveUp: () => givenUp.abort(),
    },
  };
}

async function begin({ openid, config, settings }: Provider): Promise<ProviderAnswer<DeviceAuthorizationResponse>> {
  if (config.serverMetadata().device_authorization_endpoint === undefined) return { kind: 'refused', reason: 'way-unavailable' };
  return answered(() => openid.initiateDeviceAuthorization(config, { scope: settings.scope, ...resourceOf(settings) }));
}

/** The library waits as long as it is told between two questions, and longer after each `slow_down`. */
async function poll(provider: Provider, begun: DeviceAuthorizationResponse, givenUp: AbortSignal): Promise<ProviderAnswer<Tokens>> {
  const expired = AbortSignal.timeout(begun.expires_in * 1000);
  const either = AbortSignal.any([givenUp, expired]);
  for (;;) {
    const polled = await pollOnce(provider, begun, either);
    if (givenUp.aborted) return { kind: 'refused', reason: 'sign-in-given-up' };
    if (expired.aborted) return { kind: 'refused', reason: 'sign-in-expired' };
    // A line that is down for a moment takes nothing away: the code is good for minutes.
    if (polled.kind === 'ok' || polled.kind === 'refused') return polled;
  }
}

function pollOnce(
  { openid, config, settings, binding }: Provider, begun: DeviceAuthorizationResponse, signal: AbortSignal,
): Promise<ProviderAnswer<Tokens>> {
  return answered(async () => {
    const granted = await openid.pollDeviceAuthorizationGrant(config, begun, resourceOf(settings), { ...binding, signal });
    await checkIdToken(granted);
    return { ...tokensOf(granted), provider: settings };
  });
}

/** Where an organisation has closed this way a person should hear that, and not that they did something wrong. */
function inOurWords<T extends Exclude<ProviderAnswer<never>, { kind: 'ok' }>>(answer: T): T | { kind: 'refused'; reason: string } {
  if (answer.kind !== 'refused') return answer;
  const isPolicy = BLOCKED.has(answer.reason) || /\bAADSTS(530\d+|7000218)\b/.test(answer.detail ?? '');
  return isPolicy ? { kind: 'refused', reason: 'device-blocked' } : answer;
}

/** RFC 6749 §5.2: this client may not, or nobody may. */
const BLOCKED: ReadonlySet<string> = new Set(['unauthorized_client', 'unsupported_grant_type']);

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
