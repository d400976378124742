/** The file: one table of streams, one of events in the order of the log. No index on ids: none is ever looked up. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const VERSION = 1;

/**
 * `position` is never used twice: the last row of a deleted stream is replaced by a `$deleted` row at the end.
 * A stream's revision is that of its last event; the unique index is what makes a lost race impossible.
 */
const SCHEMA = `
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL,
    id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  PRAGMA user_version = ${VERSION};
`;

export interface WriterOptions {
  /** Size limit of the file in pages of 8 KiB, for tests of a full disk. */
  readonly maxPages?: number;
}

export function openForWriting(file: string, options: WriterOptions = {}): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  try {
    // Twice the usual page: the events of one stream, written between those of others, lie on fewer pages.
    db.exec(
      'PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;',
    );
    // Another library, build or option may open the file with less: what is not FULL is not durable.
    assertPragma(db, 'journal_mode', 'wal');
    assertPragma(db, 'synchronous', 2);
    assertPragma(db, 'secure_delete', 1);
    db.exec('PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;');
    if (options.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    createSchema(db, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  db.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32000;');
  return db;
}

/**
 * The reader outlives the writer and may not write: what it left in the write-ahead log is put into the file by whoever
 * closes last, and the log is gone. Where somebody else reads, or the disk is full, it stays: the next start reads it.
 * A file that was taken away is not made anew.
 */
export function leaveOneFile(file: string): void {
  if (!existsSync(file)) return;
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (![SQLITE_BUSY, SQLITE_FULL].includes(resultCode(error))) throw error;
  } finally {
    db.close();
  }
}

/** The SQLite result code without its extension, 0 where the error is not SQLite's. */
export function resultCode(error: unknown): number {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : 0;
}

export const SQLITE_BUSY = 5;
export const SQLITE_FULL = 13;

export function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function assertPragma(db: DatabaseSync, name: string, wanted: unknown): void {
  const found = pragma(db, name);
  if (found !== wanted)
    throw new Error(`the event store needs ${name} = ${String(wanted)}, found ${String(found)}`);
}

function createSchema(db: DatabaseSync, file: string): void {
  const version = pragma(db, 'user_version');
  if (version === VERSION) return;
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
  if (version !== 0 || tables !== 0) throw new Error(`${file} is not an event store of version ${VERSION}`);
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
}
