import type { Database } from '../platform/database.js';
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
  ) {}

  set(account: string, { email, phone }: Contact): void {
    if (email === undefined && phone === undefined) return;
    const sealed = this.vault.seal(`${account} contact`, JSON.stringify({ email, phone }));
    this.database.prepare('INSERT OR REPLACE INTO contacts VALUES (?, ?)').run(account, sealed);
  }

  emailOf(account: string): string | undefined {
    return this.#of(account).email;
  }

  phoneOf(account: string): string | undefined {
    return this.#of(account).phone;
  }

  #of(account: string): Contact {
    const row = this.database.prepare('SELECT contact FROM contacts WHERE account = ?').get(account);
    return row === undefined ? {} : (JSON.parse(this.vault.open(`${account} contact`, String(row['contact']))) as Contact);
  }
}
