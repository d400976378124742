/** The writing half, one thread: everything that waits goes into one durable commit. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { FIELDS } from '../encode.js';
import { openForWriting, resultCode, SQLITE_FULL, type WriterOptions } from './schema.js';
import { isDeletion, split, type WriteBatch, type WriteOutcome, type WriteRequest } from './write-batch.js';

/** `id` and `revision` are −1 for a name never written. */
interface Head {
  readonly id: number;
  readonly revision: number;
  readonly deleted: boolean;
}

interface Open {
  readonly db: DatabaseSync;
  readonly begin: StatementSync;
  readonly commit: StatementSync;
  readonly findStream: StatementSync;
  readonly lastRevision: StatementSync;
  readonly createStream: StatementSync;
  readonly insert: StatementSync;
  readonly written: StatementSync;
  readonly heads: Map<string, Head>;
  nextPosition: number;
}

const MAX_HEADS = 50_000;
/** Bounds the wait of the first, and what a failed commit must look up. */
const MOST_AT_ONCE = 1_000;
const NEVER_WRITTEN: Head = { id: -1, revision: -1, deleted: false };

export class Writer {
  #open: Open | undefined;
  readonly #file: string;
  readonly #options: WriterOptions;

  constructor(file: string, options: WriterOptions) {
    this.#file = file;
    this.#options = options;
    this.#open = open(file, options);
  }

  /** Position of the last row; 0 where there is none. */
  get head(): number {
    return (this.#open?.nextPosition ?? 1) - 1;
  }

  /**
   * All in one transaction, with what `more` still finds waiting before it commits (undefined: nothing);
   * returns when it is on disk, or with what is known about each.
   */
  commit(first: WriteBatch, more: () => WriteBatch | undefined): readonly WriteOutcome[] {
    const requests: WriteRequest[] = [];
    const outcomes: WriteOutcome[] = [];
    try {
      this.#open ??= reopen(this.#file, this.#options);
    } catch (error) {
      return first.expected.map(() => unknown(error));
    }
    const store = this.#open;
    try {
      store.begin.run();
      for (
        let next: WriteBatch | undefined = first;
        next;
        next = requests.length < MOST_AT_ONCE ? more() : undefined
      ) {
        const added = split(next);
        requests.push(...added);
        for (const request of added) outcomes.push(evaluate(store, request) ?? write(store, request));
      }
      store.commit.run();
    } catch (error) {
      return this.#settle(requests, error);
    }
    return requests.some(isDeletion) ? forget(store, requests, outcomes) : outcomes;
  }

  close(): void {
    this.#open?.db.close();
    this.#open = undefined;
  }

  /**
   * A commit that failed may be on disk all the same. Only a fresh look answers: close, open, empty the
   * write-ahead log (a frame left there could come back after a crash), look every request up.
   */
  #settle(requests: readonly WriteRequest[], error: unknown): readonly WriteOutcome[] {
    const full = resultCode(error) === SQLITE_FULL;
    try {
      this.close();
      // A full disk refused a frame before the commit frame: there is nothing to empty, and no room to do it.
      const store = (this.#open = full ? open(this.#file, this.#options) : reopen(this.#file, this.#options));
      return requests.map(
        (request) => evaluate(store, request) ?? (full ? { kind: 'full' } : unknown(error)),
      );
    } catch (reopening) {
      this.close();
      return requests.map(() => unknown(reopening));
    }
  }
}

function open(file: string, options: WriterOptions): Open {
  const db = openForWriting(file, options);
  const last = db.prepare('SELECT coalesce(max(position), 0) AS last FROM events').get()?.['last'];
  return {
    db,
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    findStream: db.prepare('SELECT id, deleted FROM streams WHERE name = ?'),
    lastRevision: db.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?'),
    createStream: db.prepare('INSERT INTO streams (name) VALUES (?)'),
    insert: db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)'),
    written: db.prepare(
      'SELECT position, id FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
    ),
    heads: new Map(),
    nextPosition: Number(last) + 1,
  };
}

function reopen(file: string, options: WriterOptions): Open {
  const store = open(file, options);
  try {
    emptyLog(store.db);
  } catch (error) {
    store.db.close();
    throw error;
  }
  return store;
}

/** What was deleted also leaves the write-ahead log, or it is not deleted yet: then "unknown", ask again. */
function forget(
  store: Open,
  requests: readonly WriteRequest[],
  outcomes: readonly WriteOutcome[],
): readonly WriteOutcome[] {
  try {
    emptyLog(store.db);
    return outcomes;
  } catch (error) {
    return outcomes.map((outcome, n) => (isDeletion(requests[n]) ? unknown(error) : outcome));
  }
}

function emptyLog(db: DatabaseSync): void {
  const busy = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'];
  if (busy !== 0) throw new Error('the write-ahead log is being read and could not be emptied');
}

/**
 * What can be said without writing; undefined where the request is to be written.
 * Ids are compared from `expected + 1` on only, as EventStoreDB does: at the head none is looked up, a shorter
 * repeat is a repeat, a longer one that begins with written events is a conflict.
 */
function evaluate(store: Open, request: WriteRequest): WriteOutcome | undefined {
  const head = findHead(store, request.stream);
  if (head.deleted) return { kind: 'deleted' };
  if (isDeletion(request)) return head.id === -1 ? { kind: 'no-stream' } : undefined;
  const { expected, fields } = request;
  if (head.revision === expected) return undefined;
  const [count, conflict] = [fields.length / FIELDS, { kind: 'conflict', actual: head.revision } as const];
  if (head.revision < expected + count) return conflict;
  const rows = store.written.all(head.id, expected, count);
  if (rows.some((row, n) => row['id'] !== fields[n * FIELDS])) return conflict;
  return {
    kind: 'appended',
    revision: expected + count,
    positions: rows.map((row) => Number(row['position'])),
  };
}

function findHead(store: Open, stream: string): Head {
  const known = store.heads.get(stream);
  if (known) return known;
  const row = store.findStream.get(stream);
  if (!row) return NEVER_WRITTEN;
  const id = Number(row['id']);
  const revision = Number(store.lastRevision.get(id)?.['revision'] ?? -1);
  return remember(store, stream, { id, revision, deleted: row['deleted'] === 1 });
}

function remember(store: Open, stream: string, head: Head): Head {
  if (store.heads.size >= MAX_HEADS) store.heads.clear();
  store.heads.set(stream, head);
  return head;
}

function write(store: Open, request: WriteRequest): WriteOutcome {
  return isDeletion(request) ? deleteStream(store, request.stream) : append(store, request);
}

function append(store: Open, { stream, fields }: WriteRequest): WriteOutcome {
  const head = findHead(store, stream);
  const id = head.id === -1 ? Number(store.createStream.run(stream).lastInsertRowid) : head.id;
  const positions: number[] = [];
  let revision = head.revision;
  for (let n = 0; n < fields.length; n += FIELDS) {
    positions.push(store.nextPosition);
    store.insert.run(
      store.nextPosition++,
      id,
      ++revision,
      fields[n]!,
      fields[n + 1]!,
      fields[n + 2]!,
      fields[n + 3]!,
    );
  }
  remember(store, stream, { id, revision, deleted: false });
  return { kind: 'appended', revision, positions, isNew: true };
}

/** The tombstone row keeps positions rising: the number of a deleted last event is never given to another. */
function deleteStream(store: Open, stream: string): WriteOutcome {
  const { id, revision } = findHead(store, stream);
  store.db.prepare('DELETE FROM events WHERE stream = ?').run(id);
  store.db.prepare('UPDATE streams SET deleted = 1 WHERE id = ?').run(id);
  store.insert.run(store.nextPosition++, id, revision + 1, '', '$deleted', '{}', '{}');
  remember(store, stream, { id, revision: revision + 1, deleted: true });
  return { kind: 'deleted' };
}

function unknown(error: unknown): WriteOutcome {
  return { kind: 'unknown', cause: error instanceof Error ? error.message : String(error) };
}
