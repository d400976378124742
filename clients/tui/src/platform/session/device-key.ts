import { createHash, createPrivateKey, generateKeyPairSync, randomUUID, sign, type JsonWebKey, type KeyObject, type webcrypto } from 'node:crypto';
import { withLock } from '../paths/file-lock.js';
import type { PortalPaths } from '../paths.js';
import { openSecret } from './kept-secret.js';

/**
 * The key of this device at one server: tokens are bound to it (RFC 9449), so that whoever copies a token alone holds
 * nothing. Made at the first sign-in, and kept as the tokens are.
 */
export interface DeviceKey {
  /** For one call, once. `token` where one is shown with it. */
  readonly prove: (call: { readonly method: string; readonly url: string; readonly token?: string }) => string;
  /** As `openid-client` wants it. */
  readonly pair: () => Promise<webcrypto.CryptoKeyPair>;
  /** What the server says the time is; whether that is news. A clock that is wrong must keep nobody out. */
  readonly setTime: (date: string | null) => boolean;
}

export interface DeviceKeyStore {
  /** Undefined where none was made yet. */
  readonly existing: () => DeviceKey | undefined;
  readonly obtain: () => Promise<DeviceKey>;
}

export function openDeviceKey(paths: PortalPaths, server: string): DeviceKeyStore {
  const secret = openSecret(paths, server, 'key');
  let known: { readonly text: string; readonly key: DeviceKey } | undefined;
  const existing = (): DeviceKey | undefined => {
    const text = secret.read();
    if (text === undefined) return undefined;
    if (known?.text !== text) {
      const key = deviceKeyOf(text);
      known = key && { text, key };
    }
    return known?.key;
  };
  const make = async (): Promise<DeviceKey> => {
    const found = existing();
    if (found !== undefined) return found;
    const text = JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
    await secret.write(text);
    return existing() as DeviceKey;
  };
  return { existing, obtain: async () => existing() ?? withLock(secret.lockFile, make) };
}

type Jwk = { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };

/** Undefined where it is no key, or not whole. */
function deviceKeyOf(text: string): DeviceKey | undefined {
  const read = readKey(text);
  if (read === undefined) return undefined;
  const { key, jwk } = read;
  let offsetMs = 0;
  return {
    prove: ({ method, url, token }) => {
      const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
      const [htu] = url.split(/[?#]/, 1);
      const iat = Math.floor((Date.now() + offsetMs) / 1000);
      return signed(key, { typ: 'dpop+jwt', alg: 'ES256', jwk }, { jti: randomUUID(), htm: method, htu, iat, ...ath });
    },
    pair: () => pairOf(key),
    setTime: date => {
      const is = Date.parse(date ?? '') - Date.now();
      if (Number.isNaN(is) || Math.abs(is - offsetMs) < TOLERATED_MS) return false;
      offsetMs = is;
      return true;
    },
  };
}

/** Of the minute that a server allows. */
const TOLERATED_MS = 20_000;

function readKey(text: string): { readonly key: KeyObject; readonly jwk: Jwk } | undefined {
  try {
    const { kty, crv, x, y, d } = JSON.parse(text) as Jwk & { readonly d: string };
    return { key: createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' }), jwk: { kty, crv, x, y } };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_')) return undefined;
    throw error;
  }
}

function signed(key: KeyObject, header: object, claims: object): string {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

async function pairOf(key: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const { kty, crv, x, y, d } = key.export({ format: 'jwk' });
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const imported = (jwk: JsonWebKey, usage: 'sign' | 'verify') =>
    crypto.subtle.importKey('jwk', jwk, algorithm, usage === 'verify', [usage]);
  const open = { kty, crv, x, y } as JsonWebKey;
  const [privateKey, publicKey] = await Promise.all([imported({ ...open, d } as JsonWebKey, 'sign'), imported(open, 'verify')]);
  return { privateKey, publicKey };
}
