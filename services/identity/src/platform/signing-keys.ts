import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { inTransaction, type Database } from './database.js';

export type SigningKey = Readonly<Record<string, unknown>> & { readonly kid: string };

/**
 * The keys that tokens are signed with: the newest signs, those before it are published for as long as anything that they
 * signed may live. So a key is changed without anybody being signed out.
 */
export class SigningKeys {
  readonly #database;
  /** Another number: other keys. */
  #version = 0;

  constructor(
    database: Database,
    private readonly clock: () => Date,
  ) {
    this.#database = database;
  }

  get version(): number {
    return this.#version;
  }

  /** The one that signs first. */
  all(): readonly SigningKey[] {
    const now = this.clock().getTime();
    const retired = this.#retired().filter(({ until }) => until > now);
    return [this.#current(), ...retired.map(({ key }) => key)];
  }

  /** What the key that signs is published under. */
  get current(): string {
    return this.#current().kid;
  }

  /** From now on a new key signs, under that name. */
  rotate(kid: string): void {
    const [before, text] = [this.#current(), newSigningKey(kid)];
    const retired = JSON.stringify({ key: before, until: this.clock().getTime() + RETIRED_MS });
    inTransaction(this.#database, () => {
      this.#database.prepare('INSERT OR REPLACE INTO secrets VALUES (?, ?)').run(`${RETIRED}${before.kid}`, retired);
      this.#database.prepare("UPDATE secrets SET value = ? WHERE name = 'signing-key'").run(text);
    });
    this.#version += 1;
  }

  /** Those that nothing is signed with any more that is still good. */
  forgetRetired(): void {
    const now = this.clock().getTime();
    const over = this.#retired().filter(({ until }) => until <= now);
    for (const { key } of over) this.#database.prepare('DELETE FROM secrets WHERE name = ?').run(`${RETIRED}${key.kid}`);
    if (over.length > 0) this.#version += 1;
  }

  #current(): SigningKey {
    return JSON.parse(String(this.#database.prepare("SELECT value FROM secrets WHERE name = 'signing-key'").get()?.['value'])) as SigningKey;
  }

  /** The newest first. */
  #retired(): readonly { readonly key: SigningKey; readonly until: number }[] {
    const rows = this.#database.prepare("SELECT value FROM secrets WHERE name LIKE 'retired-key %'").all();
    const retired = rows.map(({ value }) => JSON.parse(String(value)) as { key: SigningKey; until: number });
    return retired.toSorted((one, other) => other.until - one.until);
  }
}

export function newSigningKey(kid: string = randomUUID()): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid });
}

const RETIRED = 'retired-key ';
/** The longest life of a token, and some for clocks. */
const RETIRED_MS = 15 * 60_000;
