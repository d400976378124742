import { createHash, createPrivateKey, createPublicKey, randomUUID, sign, type JsonWebKey } from 'node:crypto';

/** What a call shows besides its address: the token, and a proof by the key that it is bound to (RFC 9449). */
export function boundHeaders(
  { token, key }: { readonly token: string; readonly key: JsonWebKey }, method: string, url: string,
): Record<string, string> {
  const own = createPrivateKey({ key, format: 'jwk' });
  const { kty, crv, x, y } = createPublicKey({ key, format: 'jwk' }).export({ format: 'jwk' });
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const ath = createHash('sha256').update(token).digest('base64url');
  const claims = { jti: randomUUID(), htm: method, htu: url.split('?', 1)[0], iat: Math.floor(Date.now() / 1000), ath };
  const input = `${encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: own, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { authorization: `DPoP ${token}`, dpop: `${input}.${signature}` };
}
