/** Hashes of passwords: scrypt (RFC 7914), written with their parameters so that stronger ones can follow. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** `busy`: so many wait already that this one is turned away. */
export type Verified = 'right' | 'wrong' | 'busy';

export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #cost: Cost;
  /** What an account without a password, or none at all, is compared with. */
  readonly #nobody: string;

  /** `ln`: log2 of the cost of a new hash. Only tests, whose subject is something else, ask for less. */
  constructor(ln = COST.ln) {
    this.#cost = { ...COST, ln };
    this.#nobody = written(this.#cost, randomBytes(16), randomBytes(KEY_BYTES));
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.#limited(() => derive(password, salt, this.#cost));
    return written(this.#cost, salt, key);
  }

  /** Without a hash it takes as long as with one, and is wrong. */
  async verify(password: string, hash: string | undefined): Promise<Verified> {
    if (this.#waiting.length >= MOST_WAITING) return 'busy';
    const { salt, key, cost } = parse(hash ?? this.#nobody);
    const derived = await this.#limited(() => derive(password, salt, cost));
    return timingSafeEqual(derived, key) && hash !== undefined ? 'right' : 'wrong';
  }

  /** Each takes 128 MiB and most of a core for a third of a second: two at once, the others wait their turn. */
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
  /** log2 of N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

const COST: Cost = { ln: 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const MOST_AT_ONCE = 2;
const MOST_WAITING = 64;

const written = ({ ln, r, p }: Cost, salt: Buffer, key: Buffer): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(key)}`;

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln;
  const options = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 };
  // The same character may be typed in two ways; NFKC as RFC 8265 (OpaqueString) would compare them.
  const text = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function parse(hash: string): { readonly cost: Cost; readonly salt: Buffer; readonly key: Buffer } {
  const parts = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (parts === null) throw new Error('a stored password hash is not readable');
  const [, ln, r, p, salt = '', key = ''] = parts;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
