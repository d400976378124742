/** Proofs of possession as a client makes them, and as one that cheats does. */
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export interface DpopKey {
  readonly jkt: string;
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

export async function newDpopKey(): Promise<DpopKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { jwk, privateKey, jkt: await calculateJwkThumbprint(jwk) };
}

export interface Proven {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  /** Instead of what belongs there; undefined leaves it out. */
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed with this key instead of the one that is named. */
  readonly signedBy?: CryptoKey;
}

export function proofBy({ jwk, privateKey }: DpopKey, proven: Proven): Promise<string> {
  const { method, url, token, header = {}, claims = {}, signedBy = privateKey } = proven;
  const said = {
    jti: crypto.randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1000),
    ath: createHash('sha256').update(token).digest('base64url'), ...claims,
  };
  const signer = new SignJWT(JSON.parse(JSON.stringify(said)) as Record<string, unknown>);
  return signer.setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header } as { alg: string }).sign(signedBy);
}
