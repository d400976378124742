import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';
import type { Vault } from '../platform/vault.js';

/** Where people are written to: sealed in identity's own store, and nowhere in the log. */
export interface Contact {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

export class Contacts {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly secrets: Secrets,
  ) {}

  set(account: string, { email, phone }: Contact): void {
    if (email === undefined && phone === undefined) return;
    const sealed = this.vault.seal(`${account} contact`, JSON.stringify({ email, phone }));
    const insert = this.database.prepare('INSERT OR REPLACE INTO contacts VALUES (?, ?, ?)');
    insert.run(account, sealed, email === undefined ? null : this.#hash(email));
  }

  emailOf(account: string): string | undefined {
    return this.#of(account).email;
  }

  phoneOf(account: string): string | undefined {
    return this.#of(account).phone;
  }

  /** Whose address it is, as it was given, without regard to case. */
  accountWith(email: string): string | undefined {
    const row = this.database.prepare('SELECT account FROM contacts WHERE email_hash = ?').get(this.#hash(email));
    return row === undefined ? undefined : String(row['account']);
  }

  #hash(email: string): string {
    return this.secrets.keyed('contact', email.toLowerCase()).toString('hex');
  }

  #of(account: string): Contact {
    const row = this.database.prepare('SELECT contact FROM contacts WHERE account = ?').get(account);
    return row === undefined ? {} : (JSON.parse(this.vault.open(`${account} contact`, String(row['contact']))) as Contact);
  }
}
