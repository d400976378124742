import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, errors, importJWK, jwtVerify, type JWTHeaderParameters } from 'jose';

/** The request that a proof came with. */
export interface ProvenCall {
  readonly method: string;
  /** As the `Host` header has it. */
  readonly host: string;
  readonly path: string;
  readonly token: string;
  /** Thumbprint of the key that the token is bound to. */
  readonly jkt: string;
}

interface Key {
  readonly key: Awaited<ReturnType<typeof importJWK>>;
  readonly thumbprint: string;
}

/** Whether nobody has seen this id yet; it is remembered until then, in seconds since 1970. What it throws goes to whoever asked: nobody knows. */
export type FirstSeen = (id: string, untilS: number) => boolean | Promise<boolean>;

/**
 * Proofs of possession (RFC 9449): made for this call, with the key of this token, just now, and once: a proof is good for
 * two minutes at most, and for one call. What was seen is kept in memory, unless several processes remember together.
 */
export class DpopProofs {
  readonly #keys = new Map<string, Key>();

  constructor(private readonly isFirst: FirstSeen = seenHere()) {}

  async isProof(proof: string, call: ProvenCall): Promise<boolean> {
    try {
      let found: Key | undefined;
      const keyOf = async (header: JWTHeaderParameters) => (found = await this.#keyIn(header)).key;
      const { payload } = await jwtVerify(proof, keyOf, { algorithms: ['ES256'], typ: 'dpop+jwt' });
      const { htm, htu, ath, iat, jti } = payload;
      const isFor = htm === call.method && isSameAddress(htu, call) && ath === hashOf(call.token);
      return isFor && found?.thumbprint === call.jkt && (await this.#isFresh(iat, jti, call.jkt));
    } catch (error) {
      if (error instanceof errors.JOSEError) return false;
      // What the platform's cryptography says of a key that is none.
      if ((error as Error).name === 'DataError') return false;
      throw error;
    }
  }

  /** Looked at last: nobody but the holder of the key fills the memory. */
  async #isFresh(iat: unknown, jti: unknown, jkt: string): Promise<boolean> {
    if (typeof iat !== 'number' || typeof jti !== 'string' || jti === '' || jti.length > LONGEST_ID) return false;
    // By the clock of another process it may be good for a while longer.
    return Math.abs(Math.floor(Date.now() / 1_000) - iat) <= WINDOW_S && this.isFirst(`${jkt} ${jti}`, Math.floor(iat) + 2 * WINDOW_S);
  }

  async #keyIn({ jwk }: JWTHeaderParameters): Promise<Key> {
    const { kty, crv, x, y } = { ...jwk };
    if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(x) || !isCoordinate(y) || 'd' in { ...jwk }) {
      throw new errors.JWKInvalid('a public P-256 key is needed');
    }
    const name = `${x} ${y}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const made = { key: await importJWK({ kty, crv, x, y }, 'ES256'), thumbprint: await calculateJwkThumbprint({ kty, crv, x, y }) };
    if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
    this.#keys.set(name, made);
    return made;
  }
}

/** In memory, by the minute until which they are kept, so that a whole minute is forgotten at once. */
function seenHere(): FirstSeen {
  const seen = new Map<number, Set<string>>();
  return (id, untilS) => {
    for (const minute of seen.keys()) if ((minute + 1) * 60_000 < Date.now()) seen.delete(minute);
    const minute = Math.floor(untilS / 60);
    const ids = seen.get(minute) ?? new Set();
    seen.set(minute, ids);
    return !ids.has(id) && ids.add(id) !== undefined;
  };
}

/** Before and after. */
const WINDOW_S = 60;
const LONGEST_ID = 128;
const MOST_KEYS = 1_000;

const isCoordinate = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{43}$/.test(value);

/** Query and fragment do not count, nor does the scheme: TLS may end in front of the service. */
function isSameAddress(htu: unknown, { host, path }: ProvenCall): boolean {
  const [claimed, called] = [URL.parse(String(htu)), URL.parse(`http://${host}${path}`)];
  if (claimed === null || called === null || !/^https?:$/.test(claimed.protocol)) return false;
  return claimed.host === called.host && claimed.pathname === called.pathname;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
