import { usernameKey } from '@portal/domain';
import type { Database } from '../platform/database.js';

/** Who signs in under which name, and with which password. */
export interface Login {
  /** As compared: without regard to case. */
  readonly name: string;
  readonly account: string;
  readonly person: string;
  /** A hash; undefined until one is chosen. */
  readonly password: string | undefined;
  /** Nobody signs in under it. */
  readonly isDisabled: boolean;
}

export class Logins {
  readonly #any;
  readonly #insert;
  readonly #byName;
  readonly #byAccount;
  readonly #setPassword;
  readonly #setDisabled;

  constructor(database: Database) {
    this.#any = database.prepare('SELECT 1 FROM logins LIMIT 1');
    this.#insert = database.prepare(
      'INSERT INTO logins (name, account, person) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#byName = database.prepare('SELECT * FROM logins WHERE name = ?');
    this.#byAccount = database.prepare('SELECT * FROM logins WHERE account = ?');
    this.#setPassword = database.prepare('UPDATE logins SET password = ? WHERE account = ?');
    this.#setDisabled = database.prepare('UPDATE logins SET disabled = ? WHERE account = ?');
  }

  isEmpty(): boolean {
    return this.#any.get() === undefined;
  }

  /** The login that holds the name from now on: this one, or the one that held it already. */
  reserve(username: string, account: string, person: string): Login {
    this.#insert.run(usernameKey(username), account, person);
    const login = this.byUsername(username);
    if (login === undefined) throw new Error('an account has the id of another under a different name');
    return login;
  }

  byUsername(username: string): Login | undefined {
    return asLogin(this.#byName.get(usernameKey(username)));
  }

  byAccount(account: string): Login | undefined {
    return asLogin(this.#byAccount.get(account));
  }

  setPassword(account: string, hash: string): void {
    this.#setPassword.run(hash, account);
  }

  setDisabled(account: string, isDisabled: boolean): void {
    this.#setDisabled.run(Number(isDisabled), account);
  }
}

function asLogin(row: Record<string, unknown> | undefined): Login | undefined {
  if (row === undefined) return undefined;
  const { name, account, person, password, disabled } = row;
  return {
    name: String(name),
    account: String(account),
    person: String(person),
    password: typeof password === 'string' ? password : undefined,
    isDisabled: disabled === 1,
  };
}
