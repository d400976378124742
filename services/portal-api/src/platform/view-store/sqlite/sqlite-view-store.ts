import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { CheckpointMovedError, type Advance, type Generation, type Keyed, type ViewStore } from '../port.js';

/** Views in a file of this process. Its promises are settled when they are made: SQLite answers at once. */
export class SqliteViewStore implements ViewStore {
  readonly eventsPerFlush = 50_000;
  readonly #db: DatabaseSync;
  readonly #sql: Statements;
  /** Documents read lately, so that a request does not parse again what nobody changed. One process has the file. */
  readonly #remembered = new Map<string, object | undefined>();
  readonly #live = new Map<string, number | undefined>();

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    // Derived and rebuildable: losing the last moments to a power cut costs a short catching up, nothing else.
    this.#db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
    this.#db.exec(SCHEMA);
    this.#sql = prepare(this.#db);
  }

  generations(): Promise<readonly Generation[]> {
    return done(() => this.#generations());
  }

  live(view: string): Promise<Generation | undefined> {
    return done(() => this.#find(view, 'live'));
  }

  previous(view: string): Promise<Generation | undefined> {
    return done(() => this.#find(view, 'previous'));
  }

  liveNumber(view: string): Promise<number | undefined> {
    return done(() => {
      if (!this.#live.has(view)) this.#live.set(view, this.#find(view, 'live')?.generation);
      return this.#live.get(view);
    });
  }

  begin(view: string, version: number): Promise<Generation> {
    return done(() => {
      const { next } = this.#sql.next.get(view) as { next: number };
      this.#sql.begin.run(view, next, version);
      return { view, generation: next, version, state: 'building', checkpoint: undefined };
    });
  }

  advance(advances: readonly Advance[]): Promise<readonly Generation[]> {
    return this.#transaction(() => advances.map((advance) => this.#advanceOne(advance)));
  }

  promote({ view, generation }: Generation): Promise<void> {
    this.#forget();
    return this.#transaction(() => {
      this.#sql.dropPrevious.run(view);
      this.#dropOrphans(view);
      this.#sql.demote.run(view);
      this.#sql.promote.run(view, generation);
    });
  }

  rollBack(view: string): Promise<boolean> {
    this.#forget();
    return this.#transaction(() => {
      const previous = this.#find(view, 'previous');
      if (previous === undefined) return false;
      this.#sql.dropLive.run(view);
      this.#dropOrphans(view);
      this.#sql.promote.run(view, previous.generation);
      return true;
    });
  }

  discard({ view, generation }: Generation): Promise<void> {
    this.#forget();
    return this.#transaction(() => {
      this.#sql.drop.run(view, generation);
      this.#dropOrphans(view);
    });
  }

  /** The file has one process, which has one projector. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  get(view: string, generation: number, key: string): Promise<object | undefined> {
    return done(() => this.#get(view, generation, key));
  }

  many(view: string, generation: number, keys: readonly string[]): Promise<readonly (object | undefined)[]> {
    return done(() => keys.map((key) => this.#get(view, generation, key)));
  }

  read(view: string, generation: number, keys: readonly string[]): Promise<readonly (object | undefined)[]> {
    return done(() => keys.map((key) => this.#read(view, generation, key)));
  }

  list(view: string, generation: number, prefix: string): Promise<readonly Keyed[]> {
    return done(() => {
      const end = `${prefix}\u{10ffff}`;
      const rows = this.#sql.list.all(view, generation, prefix, end) as unknown as { key: string; document: string }[];
      return rows.map(({ key, document }) => ({ key, document: JSON.parse(document) as object }));
    });
  }

  close(): Promise<void> {
    return done(() => this.#db.close());
  }

  #generations(): readonly Generation[] {
    return (this.#sql.generations.all() as unknown as Row[]).map(toGeneration);
  }

  #find(view: string, state: Generation['state']): Generation | undefined {
    return this.#generations().find((one) => one.view === view && one.state === state);
  }

  /** What belongs to generations that are gone. */
  #dropOrphans(view: string): void {
    this.#sql.dropDocuments.run(view, view);
    this.#sql.dropLastEvents.run(view, view);
  }

  #advanceOne({ generation: before, to, lastEvent, documents }: Advance): Generation {
    const { view, generation, checkpoint } = before;
    const moved = this.#sql.move.run(to, view, generation, checkpoint ?? '');
    if (moved.changes !== 1) throw new CheckpointMovedError(view, generation);
    for (const [key, document] of documents) {
      this.#remembered.delete(idOf(view, generation, key));
      if (document === undefined) this.#sql.remove.run(view, generation, key);
      else this.#sql.put.run(view, generation, key, JSON.stringify(document));
    }
    if (lastEvent !== undefined) this.#sql.noteLastEvent.run(view, generation, lastEvent);
    return { ...before, checkpoint: to, lastEvent };
  }

  #get(view: string, generation: number, key: string): object | undefined {
    const id = idOf(view, generation, key);
    const known = this.#remembered.get(id);
    if (known !== undefined || this.#remembered.has(id)) return known;
    const document = this.#read(view, generation, key);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, document);
    return document;
  }

  #read(view: string, generation: number, key: string): object | undefined {
    const row = this.#sql.get.get(view, generation, key) as { document: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.document) as object);
  }

  /** The number of a generation that is gone is given again. */
  #forget(): void {
    this.#remembered.clear();
    this.#live.clear();
  }

  #transaction<Result>(work: () => Result): Promise<Result> {
    return done(() => {
      this.#db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#db.exec('COMMIT');
        return result;
      } catch (error) {
        this.#db.exec('ROLLBACK');
        throw error;
      }
    });
  }
}

/** Not `async`: what is thrown is a rejection all the same, and nothing waits a turn for nothing. */
const done = <Result>(work: () => Result): Promise<Result> => new Promise((resolve) => resolve(work()));

const MOST_REMEMBERED = 2_000;

const idOf = (view: string, generation: number, key: string): string => `${view}/${generation}/${key}`;

interface Row {
  readonly view: string;
  readonly generation: number;
  readonly version: number;
  readonly state: Generation['state'];
  readonly checkpoint: string;
  readonly lastEvent: string | null;
}

const toGeneration = ({ checkpoint, lastEvent, ...row }: Row): Generation =>
  ({ ...row, checkpoint: checkpoint === '' ? undefined : checkpoint, lastEvent: lastEvent ?? undefined });

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS generations (
    view TEXT NOT NULL, generation INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
    checkpoint TEXT NOT NULL, PRIMARY KEY (view, generation)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS last_events (
    view TEXT NOT NULL, generation INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (view, generation)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS documents (
    view TEXT NOT NULL, generation INTEGER NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (view, generation, key)
  ) STRICT, WITHOUT ROWID;
`;

type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  const sql = (text: string): StatementSync => db.prepare(text);
  return {
    generations: sql(`SELECT view, generation, version, state, checkpoint, event AS lastEvent
      FROM generations LEFT JOIN last_events USING (view, generation)`),
    noteLastEvent: sql(`INSERT INTO last_events VALUES (?, ?, ?)
      ON CONFLICT (view, generation) DO UPDATE SET event = excluded.event`),
    next: sql('SELECT coalesce(max(generation), 0) + 1 AS next FROM generations WHERE view = ?'),
    begin: sql(`INSERT INTO generations VALUES (?, ?, ?, 'building', '')`),
    move: sql('UPDATE generations SET checkpoint = ? WHERE view = ? AND generation = ? AND checkpoint = ?'),
    put: sql(`INSERT INTO documents VALUES (?, ?, ?, ?)
      ON CONFLICT (view, generation, key) DO UPDATE SET document = excluded.document`),
    remove: sql('DELETE FROM documents WHERE view = ? AND generation = ? AND key = ?'),
    get: sql('SELECT document FROM documents WHERE view = ? AND generation = ? AND key = ?'),
    list: sql('SELECT key, document FROM documents WHERE view = ? AND generation = ? AND key >= ? AND key < ? ORDER BY key'),
    dropPrevious: sql(`DELETE FROM generations WHERE view = ? AND state = 'previous'`),
    dropLive: sql(`DELETE FROM generations WHERE view = ? AND state = 'live'`),
    drop: sql('DELETE FROM generations WHERE view = ? AND generation = ?'),
    dropDocuments: sql(`DELETE FROM documents WHERE view = ? AND generation NOT IN (SELECT generation FROM generations WHERE view = ?)`),
    dropLastEvents: sql(`DELETE FROM last_events WHERE view = ? AND generation NOT IN (SELECT generation FROM generations WHERE view = ?)`),
    demote: sql(`UPDATE generations SET state = 'previous' WHERE view = ? AND state = 'live'`),
    promote: sql(`UPDATE generations SET state = 'live' WHERE view = ? AND generation = ?`),
  };
}
