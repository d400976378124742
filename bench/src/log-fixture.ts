/** Events and files for the benchmarks of the log; the peer writes the very same rows into the very same tables. */
import { openEmbeddedStore } from '@portal/event-store/embedded';
import type { NewEvent } from '@portal/event-store';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** About 300 bytes of data and metadata, as a mark has. */
export function markEntered(candidate: number, commandId: string = randomUUID()): NewEvent {
  return {
    id: randomUUID(),
    type: 'MarkEntered',
    data: { candidate: String(candidate).padStart(4, '0'), mark: candidate % 80, confirmed: true },
    metadata: {
      actor: 'acc-7',
      capacity: 'examiner',
      session: 'ses-1',
      authMethod: 'pwd',
      correlationId: commandId,
      commandId,
      recordedAt: '2017-01-20T10:00:00.000Z',
      schema: 1,
      prevHash: 'c0ffee'.repeat(10) + 'c0ff',
    },
  };
}

export interface LogFile {
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** An empty log with the store's own tables, closed. */
export async function createLog(): Promise<LogFile> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-bench-'));
  const file = join(folder, 'events.db');
  await (await openEmbeddedStore({ file })).close();
  return { file, remove: () => rm(folder, { recursive: true }) };
}

/** The same file without the store: SQLite alone, durable at every commit. */
export interface BareLog {
  readonly db: DatabaseSync;
  readonly begin: () => void;
  readonly commit: () => void;
  readonly createStream: (name: string) => number;
  readonly insert: (stream: number, revision: number, event: EncodedRow) => void;
}

export interface EncodedRow {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export const encodeRow = (event: NewEvent): EncodedRow => ({
  id: event.id,
  type: event.type,
  data: JSON.stringify(event.data),
  metadata: JSON.stringify(event.metadata),
});

export function openBare(file: string): BareLog {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -32000; PRAGMA secure_delete = ON');
  const [begin, commit] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT')];
  const insert: StatementSync = db.prepare('INSERT INTO events VALUES (NULL, ?, ?, ?, ?, ?, ?)');
  const create: StatementSync = db.prepare('INSERT INTO streams (name) VALUES (?)');
  return {
    db,
    begin: () => void begin.run(),
    commit: () => void commit.run(),
    createStream: (name) => Number(create.run(name).lastInsertRowid),
    insert: (stream, revision, e) => void insert.run(stream, revision, e.id, e.type, e.data, e.metadata),
  };
}
