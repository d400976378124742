import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';

/** Codes that stand for a forgotten password: by mail, for a quarter of an hour, for a few tries. Only hashes are kept. */
export class MailedCodes {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: () => Date,
  ) {}

  /** Without an account, too: then nothing opens it, and nobody can tell. */
  begin(account: string | undefined): { readonly recovery: string; readonly code: string } {
    const recovery = randomBytes(24).toString('base64url');
    const code = String(randomInt(100_000_000)).padStart(8, '0');
    const whose = account ?? `nobody ${recovery}`;
    this.database
      .prepare('INSERT INTO recoveries VALUES (?, ?, ?, ?, 0)')
      .run(hashOf(recovery), whose, this.#hash(recovery, code), this.clock().getTime() + LIFE_MS);
    return { recovery, code };
  }

  /** The account whose code it is. It counts as a try. */
  accountOf(recovery: string, typed: string): string | undefined {
    const row = this.database
      .prepare('UPDATE recoveries SET tries = tries + 1 WHERE hash = ? AND expires_at > ? AND tries < ? RETURNING account, code')
      .get(hashOf(recovery), this.clock().getTime(), MOST_TRIES);
    const given = Buffer.from(this.#hash(recovery, typed.replace(/[ -]/g, '')));
    const kept = Buffer.from(String(row?.['code'] ?? '').padEnd(given.length));
    return timingSafeEqual(given, kept) ? String(row?.['account']) : undefined;
  }

  /** Whether it was not used before: of several at once one is first. */
  use(recovery: string, account: string): boolean {
    const isFirst = this.database.prepare('DELETE FROM recoveries WHERE hash = ?').run(hashOf(recovery)).changes === 1;
    // What was asked for besides opens nothing any more.
    if (isFirst) this.database.prepare('DELETE FROM recoveries WHERE account = ?').run(account);
    return isFirst;
  }

  forgetOld(): void {
    this.database.prepare('DELETE FROM recoveries WHERE expires_at < ?').run(this.clock().getTime());
  }

  #hash(recovery: string, code: string): string {
    return this.secrets.keyed('recovery', `${recovery}\n${code}`).toString('hex');
  }
}

const LIFE_MS = 15 * 60_000;
const MOST_TRIES = 5;

/** Fast hashing is enough: a recovery is 192 random bits. */
const hashOf = (recovery: string): string => createHash('sha256').update(recovery).digest('hex');
