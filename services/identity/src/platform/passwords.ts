/** Hashes of passwords: Argon2id (RFC 9106), written with their parameters so that stronger ones can follow. */
import { argon2, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** `busy`: so many wait already that this one is turned away. */
export type Verified = 'right' | 'wrong' | 'busy';

export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #cost: Cost;
  /** What an account without a password, or none at all, is compared with. */
  readonly #nobody: string;

  /** `ln`: log2 of the KiB of a new hash. Only tests, whose subject is something else, ask for less. */
  constructor(ln = 16) {
    this.#cost = { ...COST, memory: 2 ** ln };
    this.#nobody = written(this.#cost, randomBytes(16), randomBytes(KEY_BYTES));
  }

  /** Hashed in the way of now: others are hashed anew when they are next known. */
  isCurrent(hash: string): boolean {
    return hash.startsWith('$argon2id$');
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.#limited(() => byArgon2(password, salt, this.#cost));
    return written(this.#cost, salt, key);
  }

  /** Without a hash it takes as long as with one, and is wrong. */
  async verify(password: string, hash: string | undefined): Promise<Verified> {
    if (this.#waiting.length >= MOST_WAITING) return 'busy';
    const { key, derive } = parse(hash ?? this.#nobody);
    const derived = await this.#limited(() => derive(password));
    return timingSafeEqual(derived, key) && hash !== undefined ? 'right' : 'wrong';
  }

  /** Each takes 64 MiB and a core for a quarter of a second: two at once, the others wait their turn. */
  async #limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place goes to the next one directly, so that nobody can slip in between.
      if (next) next();
      else this.#running -= 1;
    }
  }
}

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** RFC 9106, section 4: the second recommended option. */
const COST: Cost = { memory: 65_536, passes: 3, parallelism: 4 };
const KEY_BYTES = 32;
const MOST_AT_ONCE = 2;
const MOST_WAITING = 64;

const written = ({ memory, passes, parallelism }: Cost, salt: Buffer, key: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(key)}`;

/** The same character may be typed in two ways; NFKC as RFC 8265 (OpaqueString) would compare them. */
const asCompared = (password: string): string => password.normalize('NFKC');

function byArgon2(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message: asCompared(password), nonce, tagLength: KEY_BYTES, ...cost }, (error, key) =>
      error ? reject(error) : resolve(key));
  });
}

/** Passwords chosen before Argon2id (RFC 7914): `ln` is log2 of N. */
function byScrypt(password: string, salt: Buffer, [ln = 0, r = 0, p = 0]: readonly number[]): Promise<Buffer> {
  const N = 2 ** ln;
  const options = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(asCompared(password), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

interface Parsed {
  readonly key: Buffer;
  readonly derive: (password: string) => Promise<Buffer>;
}

function parse(hash: string): Parsed {
  const [, scheme, first, second, third, saltText = '', keyText = ''] =
    /^\$(argon2id\$v=19\$m|scrypt\$ln)=(\d+),[tr]=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? [];
  if (scheme === undefined) throw new Error('a stored password hash is not readable');
  const [salt, key] = [Buffer.from(saltText, 'base64'), Buffer.from(keyText, 'base64')];
  const numbers = [first, second, third].map(Number);
  const [memory = 0, passes = 0, parallelism = 0] = numbers;
  const derive = (password: string) =>
    scheme.startsWith('scrypt') ? byScrypt(password, salt, numbers) : byArgon2(password, salt, { memory, passes, parallelism });
  return { key, derive };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
