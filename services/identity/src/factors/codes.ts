import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';

/** Codes that are given out: by SMS for one sign-in, and recovery codes to keep. Only keyed hashes of them are kept. */
export class Codes {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly clock: () => Date,
  ) {}

  /** Six digits for this sign-in; an earlier one of it is void. */
  newSmsCode(session: string, account: string): { readonly code: string; readonly expiresAt: string } {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const expiresAt = this.clock().getTime() + SMS_LIFE_MS;
    this.database
      .prepare('INSERT OR REPLACE INTO sent_codes VALUES (?, ?, ?, ?, 0)')
      .run(session, account, this.#hash('code', session, code), expiresAt);
    return { code, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** Right once, within its time and its three tries. */
  useSmsCode(session: string, account: string, code: string): boolean {
    const row = this.database
      .prepare('UPDATE sent_codes SET tries = tries + 1 WHERE session = ? AND account = ? AND expires_at > ? AND tries < ? RETURNING hash')
      .get(session, account, this.clock().getTime(), SMS_TRIES);
    const isRight = row !== undefined && isEqual(String(row['hash']), this.#hash('code', session, code));
    if (isRight) this.database.prepare('DELETE FROM sent_codes WHERE session = ?').run(session);
    return isRight;
  }

  /** Ten new ones; those before open nothing any more. */
  newRecoveryCodes(account: string): readonly string[] {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    this.database.prepare('DELETE FROM recovery_codes WHERE account = ?').run(account);
    const insert = this.database.prepare('INSERT INTO recovery_codes VALUES (?, ?)');
    for (const code of codes) insert.run(this.#hash('recovery', account, bare(code)), account);
    return codes;
  }

  /** The same command gets the same pass again, and a used one stays used. */
  issueTemporaryPass(account: string, commandId: string, until: Date): string {
    const pass = written(this.secrets.keyed('recovery', `pass ${account}\n${commandId}`).subarray(0, 12));
    this.database
      .prepare('INSERT INTO temporary_passes VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
      .run(this.#hash('recovery', account, bare(pass)), account, until.getTime());
    return pass;
  }

  hasTemporaryPass(account: string): boolean {
    const find = this.database.prepare('SELECT 1 FROM temporary_passes WHERE account = ? AND expires_at > ?');
    return find.get(account, this.clock().getTime()) !== undefined;
  }

  /** A temporary pass does as well. Each works once. */
  useRecoveryCode(account: string, code: string): boolean {
    const hash = this.#hash('recovery', account, bare(code));
    const pass = this.database
      .prepare('UPDATE temporary_passes SET expires_at = 0 WHERE hash = ? AND account = ? AND expires_at > ?')
      .run(hash, account, this.clock().getTime());
    if (pass.changes === 1) return true;
    return this.database.prepare('DELETE FROM recovery_codes WHERE hash = ? AND account = ?').run(hash, account).changes === 1;
  }

  recoveryCodesLeft(account: string): number {
    return Number(this.database.prepare('SELECT count(*) AS n FROM recovery_codes WHERE account = ?').get(account)?.['n']);
  }

  #hash(purpose: 'code' | 'recovery', whose: string, code: string): string {
    return this.secrets.keyed(purpose, `${whose}\n${code}`).toString('hex');
  }
}

const SMS_LIFE_MS = 5 * 60_000;
const SMS_TRIES = 3;
const RECOVERY_CODES = 10;
/** Without what looks like something else on paper; 32 of them, so that no sign is likelier than another. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'.concat('0');

const newRecoveryCode = (): string => written(randomBytes(12));

/** Sixty bits, as `abcd-efgh-jkmn`. */
function written(bytes: Buffer): string {
  const signs = [...bytes].map((byte) => SIGNS[byte % SIGNS.length]).join('');
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}

const bare = (code: string): string => code.toLowerCase().replace(/[^a-z0-9]/g, '');

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
