/** An OpenID provider as far as a resource server sees one: keys to fetch, and tokens signed with them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API_RESOURCE } from '@portal/contract';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

export interface TokenWish {
  readonly account: string;
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now; negative: ended. */
  readonly endsIn?: number;
  /** Signed with this instead of the key that the issuer publishes. */
  readonly key?: CryptoKey;
  readonly without?: readonly ('sub' | 'sid' | 'exp' | 'aud' | 'iss')[];
  readonly session?: string;
  /** Thumbprint of the key that it is bound to. */
  readonly jkt?: string;
  /** Over what stands there otherwise; undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface Issuer {
  readonly issuer: string;
  readonly token: (wish: TokenWish) => Promise<string>;
  /** Signs with another key from now on, and publishes it beside the one before. */
  readonly rotate: () => Promise<void>;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  readonly stop: () => void;
}

export async function startIssuer(): Promise<Issuer> {
  const newKey = async (kid: string) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
  };
  let signing = await newKey(KEY_ID);
  let asked = 0;
  const keys = [signing.published];
  const server = createServer(({ url }, response) => {
    if (url?.endsWith('/jwks') === true) asked += 1;
    const said = url === '/oidc/jwks' ? { keys } : { issuer, jwks_uri: `${issuer}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
  return {
    issuer,
    token: (wish) => sign({ ...wish, header: { kid: signing.kid, ...wish.header } }, issuer, signing.privateKey),
    rotate: async () => {
      signing = await newKey(`${KEY_ID}-${keys.length}`);
      keys.unshift(signing.published);
    },
    asked: () => asked,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sign(wish: TokenWish, issuer: string, key: CryptoKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims: Record<string, unknown> = {
    iss: wish.issuer ?? issuer,
    aud: wish.audience ?? API_RESOURCE,
    sub: wish.account,
    sid: wish.session ?? 'session-of-a-test',
    exp: now + (wish.endsIn ?? 600),
    iat: now,
    amr: ['pwd'],
    auth_time: now,
    factor_time: now,
    ...(wish.jkt !== undefined && { cnf: { jkt: wish.jkt } }),
    ...wish.claims,
  };
  for (const name of wish.without ?? []) delete claims[name];
  const header = { alg: 'ES256', typ: 'at+jwt', ...wish.header };
  return new SignJWT(claims).setProtectedHeader(header).sign(wish.key ?? key);
}

const KEY_ID = 'key-of-a-test';
