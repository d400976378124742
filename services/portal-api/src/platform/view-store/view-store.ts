import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * Documents of views, in generations. A generation's documents and its checkpoint move together in one transaction, and
 * only while the checkpoint is the one the projector read: two projectors by mistake cannot corrupt anything.
 */

export interface Generation {
  readonly view: string;
  readonly generation: number;
  /** Version of the view's code that built it. */
  readonly version: number;
  readonly state: 'building' | 'live' | 'previous';
  /** Position of the last event folded; undefined before the first. */
  readonly checkpoint: string | undefined;
}

export interface Advance {
  readonly generation: Generation;
  readonly to: string;
  /** By key; undefined removes. */
  readonly documents: ReadonlyMap<string, object | undefined>;
}

export class CheckpointMovedError extends Error {
  constructor(view: string, generation: number) {
    super(`generation ${generation} of the view ${view} was moved by another projector`);
  }
}

export class ViewStore {
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

  generations(): readonly Generation[] {
    return (this.#sql.generations.all() as unknown as Row[]).map(toGeneration);
  }

  live(view: string): Generation | undefined {
    return this.generations().find((one) => one.view === view && one.state === 'live');
  }

  /** Number of the live generation, which only a promotion or a step back changes. */
  liveNumber(view: string): number | undefined {
    if (!this.#live.has(view)) this.#live.set(view, this.live(view)?.generation);
    return this.#live.get(view);
  }

  begin(view: string, version: number): Generation {
    const { next } = this.#sql.next.get(view) as { next: number };
    this.#sql.begin.run(view, next, version);
    return { view, generation: next, version, state: 'building', checkpoint: undefined };
  }

  /** All of them or none. */
  advance(advances: readonly Advance[]): readonly Generation[] {
    return this.#transaction(() => advances.map((advance) => this.#advanceOne(advance)));
  }

  #advanceOne({ generation: before, to, documents }: Advance): Generation {
    const { view, generation, checkpoint } = before;
    const moved = this.#sql.move.run(to, view, generation, checkpoint ?? '');
    if (moved.changes !== 1) throw new CheckpointMovedError(view, generation);
    for (const [key, document] of documents) {
      this.#remembered.delete(idOf(view, generation, key));
      if (document === undefined) this.#sql.remove.run(view, generation, key);
      else this.#sql.put.run(view, generation, key, JSON.stringify(document));
    }
    return { ...before, checkpoint: to };
  }

  /** Makes it the one that is read; what was live stays for one step back, what stood behind it goes. */
  promote({ view, generation }: Generation): void {
    this.#forget();
    this.#transaction(() => {
      this.#sql.dropPrevious.run(view);
      this.#sql.dropOrphans.run(view, view);
      this.#sql.demote.run(view);
      this.#sql.promote.run(view, generation);
    });
  }

  /** The generation that was live before; undefined where none is kept. */
  previous(view: string): Generation | undefined {
    return this.generations().find((one) => one.view === view && one.state === 'previous');
  }

  /** Takes back the generation that was live before; the one that is live goes. */
  rollBack(view: string): boolean {
    this.#forget();
    return this.#transaction(() => {
      const previous = this.previous(view);
      if (previous === undefined) return false;
      this.#sql.dropLive.run(view);
      this.#sql.dropOrphans.run(view, view);
      this.#sql.promote.run(view, previous.generation);
      return true;
    });
  }

  discard({ view, generation }: Generation): void {
    this.#forget();
    this.#transaction(() => {
      this.#sql.drop.run(view, generation);
      this.#sql.dropOrphans.run(view, view);
    });
  }

  /** For those who answer questions: as this process last knew it. */
  get(view: string, generation: number, key: string): object | undefined {
    const id = idOf(view, generation, key);
    const known = this.#remembered.get(id);
    if (known !== undefined || this.#remembered.has(id)) return known;
    const document = this.read(view, generation, key);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, document);
    return document;
  }

  /** For those who fold: as it is on disk, whoever wrote it. */
  read(view: string, generation: number, key: string): object | undefined {
    const row = this.#sql.get.get(view, generation, key) as { document: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.document) as object);
  }

  /** In the order of the keys. */
  list(view: string, generation: number, prefix: string): readonly { readonly key: string; readonly document: object }[] {
    const end = `${prefix}\u{10ffff}`;
    const rows = this.#sql.list.all(view, generation, prefix, end) as unknown as { key: string; document: string }[];
    return rows.map(({ key, document }) => ({ key, document: JSON.parse(document) as object }));
  }

  close(): void {
    this.#db.close();
  }

  /** The number of a generation that is gone is given again. */
  #forget(): void {
    this.#remembered.clear();
    this.#live.clear();
  }

  #transaction<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}

const MOST_REMEMBERED = 2_000;

const idOf = (view: string, generation: number, key: string): string => `${view}/${generation}/${key}`;

interface Row {
  readonly view: string;
  readonly generation: number;
  readonly version: number;
  readonly state: Generation['state'];
  readonly checkpoint: string;
}

const toGeneration = ({ checkpoint, ...row }: Row): Generation => ({ ...row, checkpoint: checkpoint === '' ? undefined : checkpoint });

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS generations (
    view TEXT NOT NULL, generation INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
    checkpoint TEXT NOT NULL, PRIMARY KEY (view, generation)
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
    generations: sql('SELECT view, generation, version, state, checkpoint FROM generations'),
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
    dropOrphans: sql(`DELETE FROM documents WHERE view = ?
      AND generation NOT IN (SELECT generation FROM generations WHERE view = ?)`),
    demote: sql(`UPDATE generations SET state = 'previous' WHERE view = ? AND state = 'live'`),
    promote: sql(`UPDATE generations SET state = 'live' WHERE view = ? AND generation = ?`),
  };
}
