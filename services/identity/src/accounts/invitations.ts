import { createHash } from 'node:crypto';
import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';

/** Single-use codes with which a person chooses their password. Only hashes of them are kept. */
export class Invitations {
  readonly #insert;
  readonly #find;
  readonly #use;

  constructor(
    database: Database,
    private readonly secrets: Secrets,
    private readonly clock: () => Date,
  ) {
    this.#insert = database.prepare(
      'INSERT INTO invitations (hash, account, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#find = database.prepare('SELECT account FROM invitations WHERE hash = ? AND used = 0 AND expires_at > ?');
    this.#use = database.prepare('UPDATE invitations SET used = 1 WHERE account = ?');
  }

  /** The same command gets the same code again, and a used one stays used. */
  issue(account: string, commandId: string): string {
    const invitation = this.secrets.keyed('invitation', `${account}\n${commandId}`).toString('base64url');
    this.#insert.run(hashOf(invitation), account, this.clock().getTime() + VALID_MS);
    return invitation;
  }

  /** The account it is for; undefined where it is unknown, used or too old. */
  accountOf(invitation: string): string | undefined {
    const row = this.#find.get(hashOf(invitation), this.clock().getTime());
    return row === undefined ? undefined : String(row['account']);
  }

  /** None of the account's codes opens anything after this. */
  useUp(account: string): void {
    this.#use.run(account);
  }
}

const VALID_MS = 14 * 24 * 60 * 60 * 1000;

/** Fast hashing is enough: a code is 256 random-looking bits. */
function hashOf(invitation: string): string {
  return createHash('sha256').update(invitation).digest('hex');
}
