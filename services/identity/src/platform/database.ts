/** Identity's own store. What stands in it never leaves it: no hash, token or key is written to the log of events. */
import { chmodSync, closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export type Database = DatabaseSync;

/** Opens or creates the file, readable by its owner alone; SQLite gives its companions the same mode. */
export function openDatabase(file: string): Database {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file, { timeout: 5000 });
  // Both on every open: `synchronous` is not kept in the file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  database.exec(SCHEMA);
  addColumns(database);
  return database;
}

/** Stores made before these were asked for have them empty. */
function addColumns(database: Database): void {
  const has = database.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?');
  for (const [table, column, type] of ADDED) {
    if (has.get(table, column) === undefined) database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
  }
}

const ADDED = [
  ['sign_ins', 'device', "TEXT NOT NULL DEFAULT ''"],
  ['sign_ins', 'seen_at', 'INTEGER NOT NULL DEFAULT 0'],
  // When a factor was last proven; 0: when the sign-in began.
  ['sign_ins', 'factor_at', 'INTEGER NOT NULL DEFAULT 0'],
  // Both null where the person signed out.
  ['sign_ins', 'end_reason', 'TEXT'],
  ['sign_ins', 'ended_by', 'TEXT'],
  ['approvals', 'purpose', "TEXT NOT NULL DEFAULT 'sign-in'"],
  ['logins', 'disabled', 'INTEGER NOT NULL DEFAULT 0'],
] as const;

export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS logins (
    name TEXT PRIMARY KEY, account TEXT NOT NULL UNIQUE, person TEXT NOT NULL, password TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS invitations (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL, expires_at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS locks (
    name TEXT NOT NULL, place TEXT NOT NULL, failures INTEGER NOT NULL, last_at INTEGER NOT NULL,
    locked_until INTEGER NOT NULL, PRIMARY KEY (name, place)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS known_devices (
    hash TEXT NOT NULL, account TEXT NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY (hash, account)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS factors (
    account TEXT NOT NULL, kind TEXT NOT NULL, secret TEXT NOT NULL, confirmed INTEGER NOT NULL,
    used_step INTEGER NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL, created_at INTEGER NOT NULL,
    PRIMARY KEY (account, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS factor_proposals (
    account TEXT NOT NULL, kind TEXT NOT NULL, secret TEXT NOT NULL, expires_at INTEGER NOT NULL,
    PRIMARY KEY (account, kind)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS recovery_codes (hash TEXT PRIMARY KEY, account TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sent_codes (
    session TEXT PRIMARY KEY, account TEXT NOT NULL, hash TEXT NOT NULL, expires_at INTEGER NOT NULL, tries INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS devices (
    device TEXT PRIMARY KEY, account TEXT NOT NULL, public_key TEXT NOT NULL, paired_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS pairings (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS device_nonces (nonce TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS approvals (
    request TEXT PRIMARY KEY, account TEXT NOT NULL, session TEXT NOT NULL, number TEXT NOT NULL, client TEXT NOT NULL,
    address TEXT NOT NULL, requested_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, state TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS contacts (account TEXT PRIMARY KEY, contact TEXT NOT NULL, email_hash TEXT) STRICT;
  CREATE INDEX IF NOT EXISTS contacts_email ON contacts (email_hash);
  CREATE TABLE IF NOT EXISTS recoveries (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL, code TEXT NOT NULL, expires_at INTEGER NOT NULL, tries INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS temporary_passes (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sign_ins (
    grant_id TEXT PRIMARY KEY, session TEXT NOT NULL, account TEXT NOT NULL, amr TEXT NOT NULL,
    auth_time INTEGER NOT NULL, kept INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS amp_openings (session TEXT PRIMARY KEY, amp_session TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS provider (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires_at INTEGER, grant_id TEXT, uid TEXT,
    user_code TEXT, PRIMARY KEY (model, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS provider_grant ON provider (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS provider_uid ON provider (model, uid) WHERE uid IS NOT NULL;
  CREATE INDEX IF NOT EXISTS provider_expiry ON provider (expires_at) WHERE expires_at IS NOT NULL;
`;
