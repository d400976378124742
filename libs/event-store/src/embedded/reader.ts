/** The reading half: an own read-only connection on the main thread, which sees only what is on disk. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventData, EventFilter, Position, RecordedEvent, StreamRange, StreamRead } from '../port.js';
import { openForReading } from './schema.js';

/** A part of the log; `last` is the last row looked at, whether it matched or not. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  readonly last: number;
  readonly atEnd: boolean;
}

export const toPosition = (row: number): Position => String(row).padStart(20, '0');

export function fromPosition(position: Position | undefined): number {
  if (position === undefined) return 0;
  if (!/^\d{20}$/.test(position))
    throw new RangeError(`not a position of this store: ${JSON.stringify(position)}`);
  return Number(position);
}

/** Rows of one page; the main thread is held for about 4 ms. */
const PAGE_ROWS = 1_000;
const MAX_NAMES = 100_000;

type EventRow = [
  position: number,
  stream: number,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

const COLUMNS = 'position, stream, revision, id, type, data, metadata';

export class Reader {
  readonly #db: DatabaseSync;
  readonly #page: StatementSync;
  readonly #forwards: StatementSync;
  readonly #backwards: StatementSync;
  readonly #findStream: StatementSync;
  readonly #findName: StatementSync;
  readonly #last: StatementSync;
  readonly #names = new Map<number, string>();

  constructor(file: string) {
    this.#db = openForReading(file);
    this.#page = this.#rows(
      `SELECT ${COLUMNS} FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`,
    );
    const inStream = `SELECT ${COLUMNS} FROM events WHERE stream = ?`;
    this.#forwards = this.#rows(`${inStream} AND revision > ? ORDER BY revision LIMIT ?`);
    this.#backwards = this.#rows(`${inStream} ORDER BY revision DESC LIMIT ?`);
    this.#findStream = this.#db.prepare('SELECT id, deleted FROM streams WHERE name = ?');
    this.#findName = this.#db.prepare('SELECT name FROM streams WHERE id = ?');
    this.#last = this.#db.prepare('SELECT coalesce(max(position), 0) AS last FROM events');
  }

  /** The last row of the log; 0 where there is none. */
  last(): number {
    return Number(this.#last.get()?.['last']);
  }

  page(after: number, until: number, filter: EventFilter | undefined): Page {
    const rows = this.#page.all(after, until, PAGE_ROWS) as unknown as EventRow[];
    const events: RecordedEvent[] = [];
    for (const row of rows) {
      // Rows of the store's own, such as the trace of a deleted stream, are nobody's business but move the position.
      if (row[4].startsWith('$') || (filter?.eventTypes && !filter.eventTypes.includes(row[4]))) continue;
      const stream = this.#name(row[1]);
      if (filter?.streamPrefixes && !filter.streamPrefixes.some((prefix) => stream.startsWith(prefix)))
        continue;
      events.push(new StoredEvent(row, stream));
    }
    const last = rows.at(-1)?.[0] ?? after;
    return { events, last, atEnd: rows.length < PAGE_ROWS };
  }

  stream(name: string, range: StreamRange): StreamRead {
    const { after = -1, limit = -1, backwards = false } = range;
    if (limit === 0 || (backwards && range.after !== undefined))
      throw new RangeError('limit 0, or `after` with `backwards`');
    const row = this.#findStream.get(name);
    if (!row) return { kind: 'no-stream' };
    if (row['deleted'] === 1) return { kind: 'deleted' };
    const id = Number(row['id']);
    const rows = backwards ? this.#backwards.all(id, limit) : this.#forwards.all(id, after, limit);
    return { kind: 'found', events: (rows as unknown as EventRow[]).map((found) => new StoredEvent(found, name)) };
  }

  close(): void {
    this.#db.close();
  }

  #rows(sql: string): StatementSync {
    const statement = this.#db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  }

  #name(id: number): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    if (this.#names.size >= MAX_NAMES) this.#names.clear();
    const name = String(this.#findName.get(id)?.['name']);
    this.#names.set(id, name);
    return name;
  }
}

/**
 * Metadata is parsed when somebody asks for it: it is the larger half of an event, and whoever folds a whole log into
 * views never does.
 */
class StoredEvent implements RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: EventData;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly #text: string;
  #metadata: EventData | undefined;

  constructor([position, , revision, id, type, data, metadata]: EventRow, stream: string) {
    this.id = id;
    this.type = type;
    this.data = JSON.parse(data) as EventData;
    this.stream = stream;
    this.revision = revision;
    this.position = toPosition(position);
    this.#text = metadata;
  }

  get metadata(): EventData {
    return (this.#metadata ??= JSON.parse(this.#text) as EventData);
  }
}
