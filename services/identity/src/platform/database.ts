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
  return database;
}

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
  CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sign_ins (
    grant_id TEXT PRIMARY KEY, session TEXT NOT NULL, account TEXT NOT NULL, amr TEXT NOT NULL,
    auth_time INTEGER NOT NULL, kept INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS provider (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires_at INTEGER, grant_id TEXT, uid TEXT,
    user_code TEXT, PRIMARY KEY (model, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS provider_grant ON provider (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS provider_uid ON provider (model, uid) WHERE uid IS NOT NULL;
  CREATE INDEX IF NOT EXISTS provider_expiry ON provider (expires_at) WHERE expires_at IS NOT NULL;
`;
