import type { SignInWay, SignInWays } from '@portal/contract';
import { openDeviceKey } from './device-key.js';
import { answered, findProvider, type Provider, type ProviderAnswer, type ProviderSettings } from './provider.js';
import type { SessionOptions } from './session.js';

/** Whom a service trusts to sign people in, and how. Asked before each sign-in, and believed for that one only. */
export async function askWays(server: string): Promise<ProviderAnswer<SignInWays>> {
  const asked = await answered(() => ask(server));
  // Nothing was done by asking: what is lost can be asked again.
  return asked.kind === 'lost' ? { ...asked, kind: 'unreachable' } : asked;
}

/** The provider's settings, where this way leads there. */
export async function settingsFor(server: string, way: SignInWay): Promise<ProviderAnswer<ProviderSettings>> {
  const asked = await askWays(server);
  if (asked.kind !== 'ok') return asked;
  const { ways, ...settings } = asked.value;
  return ways.includes(way) ? { kind: 'ok', value: settings } : { kind: 'refused', reason: 'way-unavailable' };
}

/** What it issues is bound to the key of this device. */
export async function providerFor({ server, paths }: SessionOptions, way: SignInWay): Promise<ProviderAnswer<Provider>> {
  const settings = await settingsFor(server, way);
  return settings.kind === 'ok' ? findProvider(settings.value, await openDeviceKey(paths, server).obtain()) : settings;
}

async function ask(server: string): Promise<SignInWays> {
  const response = await fetch(`${server}/sign-in-ways`, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const said = (await response.json().catch(() => undefined)) as SignInWays | undefined;
  if (!response.ok) throw Object.assign(new Error('the ways in cannot be asked'), { status: response.status });
  if (said === undefined || !isWhole(said)) throw Object.assign(new Error('no ways in'), { error: 'invalid_response' });
  // A password is typed at the service itself and nowhere else.
  const isOwn = new URL(said.issuer).origin === new URL(server).origin;
  return isOwn ? said : { ...said, ways: said.ways.filter(way => way !== 'terminal') };
}

function isWhole({ issuer, clientId, scope, ways }: Partial<SignInWays>): boolean {
  const isAddress = typeof issuer === 'string' && URL.canParse(issuer) && /^https?:\/\//.test(issuer);
  return isAddress && typeof clientId === 'string' && typeof scope === 'string' && Array.isArray(ways);
}

const TIMEOUT_MS = 10_000;
