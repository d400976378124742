/** One writer per file: a SQLite file beside it, held by an exclusive transaction the kernel ends with the process. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { resultCode, SQLITE_BUSY } from './schema.js';

/** Somebody else writes this event store. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
  constructor(readonly file: string) {
    super(
      `The event store ${file} is already open, here or in another process; only one may write it at a time.`,
    );
  }
}

export interface WriterLock {
  release(): void;
}

/** The file itself, whatever links lead to it: two names of one file must meet the same lock. */
export function realFile(file: string): string {
  return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
}

export function lockWriter(file: string): WriterLock {
  const db = new DatabaseSync(join(dirname(file), 'writer.lock'));
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
  } catch (error) {
    db.close();
    throw resultCode(error) === SQLITE_BUSY ? new StoreInUseError(file) : error;
  }
  return { release: () => db.close() };
}
