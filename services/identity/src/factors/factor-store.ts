import type { Factor } from '@portal/contract';
import type { Database } from '../platform/database.js';
import type { Vault } from '../platform/vault.js';
import { forgetBegun } from './begun.js';

/** What is kept of one factor of an account. */
export interface KeptFactor {
  readonly factor: Factor;
  /** The TOTP secret, or the telephone; empty for others. */
  readonly secret: string;
  readonly isConfirmed: boolean;
  /** Milliseconds since 1970; 0: not locked. */
  readonly lockedUntil: number;
}

/** The second factors of every account, in identity's own store; what must be read again is sealed. */
export class FactorStore {
  readonly #database;
  readonly #vault;
  readonly #clock;

  constructor(database: Database, vault: Vault, clock: () => Date) {
    this.#database = database;
    this.#vault = vault;
    this.#clock = clock;
  }

  /** Set up and confirmed, in that order. */
  of(account: string): readonly Factor[] {
    const rows = this.#database
      .prepare('SELECT kind FROM factors WHERE account = ? AND confirmed = 1 ORDER BY created_at, kind')
      .all(account);
    return rows.map(({ kind }) => kind as Factor);
  }

  find(account: string, factor: Factor): KeptFactor | undefined {
    const row = this.#database.prepare('SELECT * FROM factors WHERE account = ? AND kind = ?').get(account, factor);
    if (row === undefined) return undefined;
    return {
      factor,
      secret: this.#vault.open(`${account} ${factor}`, String(row['secret'])),
      isConfirmed: row['confirmed'] === 1,
      lockedUntil: Number(row['locked_until']),
    };
  }

  isLocked(account: string, factor: Factor): boolean {
    return (this.find(account, factor)?.lockedUntil ?? 0) > this.#now();
  }

  /** Begun anew as often as one likes; until it is confirmed, what was there before stays in force. */
  propose(account: string, factor: Factor, secret: string): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO factor_proposals VALUES (?, ?, ?, ?)')
      .run(account, factor, this.#vault.seal(`${account} ${factor}`, secret), this.#now() + PROPOSAL_MS);
  }

  proposed(account: string, factor: Factor): string | undefined {
    const row = this.#database
      .prepare('SELECT secret FROM factor_proposals WHERE account = ? AND kind = ? AND expires_at > ?')
      .get(account, factor, this.#now());
    return row === undefined ? undefined : this.#vault.open(`${account} ${factor}`, String(row['secret']));
  }

  /** Milliseconds since 1970: since when more than the password is asked for; undefined: not yet. */
  firstAt(account: string): number | undefined {
    const row = this.#database
      .prepare("SELECT min(created_at) AS at FROM factors WHERE account = ? AND confirmed = 1 AND kind <> 'recovery'")
      .get(account);
    return row?.['at'] === null || row === undefined ? undefined : Number(row['at']);
  }

  /** What is renewed keeps its place: the way that was chosen first stays the one that is asked for. */
  confirm(account: string, factor: Factor, secret: string, usedStep = -1): void {
    const last = this.#database.prepare('SELECT max(created_at) AS at FROM factors WHERE account = ?').get(account);
    const createdAt = Math.max(this.#now(), Number(last?.['at'] ?? 0) + 1);
    this.#database
      .prepare(`
        INSERT INTO factors VALUES (?, ?, ?, 1, ?, 0, 0, ?) ON CONFLICT DO UPDATE SET
        secret = excluded.secret, confirmed = 1, used_step = excluded.used_step, failures = 0, locked_until = 0
      `)
      .run(account, factor, this.#vault.seal(`${account} ${factor}`, secret), usedStep, createdAt);
    this.#database.prepare('DELETE FROM factor_proposals WHERE account = ? AND kind = ?').run(account, factor);
  }

  /** Whether this step of time was not used before: of a hundred at once one is first. */
  useStep(account: string, step: number): boolean {
    const used = this.#database
      .prepare("UPDATE factors SET used_step = ? WHERE account = ? AND kind = 'totp' AND used_step < ?")
      .run(step, account, step);
    return used.changes === 1;
  }

  succeeded(account: string, factor: Factor): void {
    this.#database.prepare('UPDATE factors SET failures = 0 WHERE account = ? AND kind = ?').run(account, factor);
  }

  /** Counts a wrong answer; gives until when the factor is locked by it. While locked nothing is counted. */
  refused(account: string, factor: Factor): string | undefined {
    if (this.isLocked(account, factor)) return undefined;
    const row = this.#database
      .prepare('UPDATE factors SET failures = failures + 1 WHERE account = ? AND kind = ? RETURNING failures')
      .get(account, factor);
    if (Number(row?.['failures'] ?? 0) < MOST_WRONG[factor]) return undefined;
    const until = this.#now() + LOCKED_MS;
    this.#database
      .prepare('UPDATE factors SET failures = 0, locked_until = ? WHERE account = ? AND kind = ?')
      .run(until, account, factor);
    return new Date(until).toISOString();
  }

  forgetAll(account: string): void {
    forgetBegun(this.#database, account);
    for (const table of ['factors', 'recovery_codes', 'temporary_passes', 'devices', 'sent_codes']) {
      this.#database.prepare(`DELETE FROM ${table} WHERE account = ?`).run(account);
    }
  }

  #now(): number {
    return this.#clock().getTime();
  }
}

const PROPOSAL_MS = 15 * 60_000;
const LOCKED_MS = 15 * 60_000;
const MOST_WRONG: Readonly<Record<Factor, number>> = { app: 3, totp: 5, sms: 6, recovery: 5 };
