import { setImmediate as nextTick } from 'node:timers/promises';
import { checkStreamName, encodeEvents } from '../encode.js';
import type {
  AllRange,
  AppendOutcome,
  DeleteOutcome,
  EventFilter,
  EventStore,
  Expected,
  NewEvent,
  Position,
  RecordedEvent,
  Revision,
  StreamRange,
  StreamRead,
  SubscriptionMessage,
} from '../port.js';
import { Doorbell } from './doorbell.js';
import { lockWriter, realFile, type WriterLock } from './lock.js';
import { fromPosition, Reader, toPosition, type Page } from './reader.js';
import { leaveOneFile, type WriterOptions } from './schema.js';
import { Tail } from './tail.js';
import { NO_STREAM, type WriteOutcome } from './write-batch.js';
import { startWriter, type WriterThread } from './writer-thread.js';

export interface EmbeddedOptions extends WriterOptions {
  /** The event log; its folder must exist. `writer.lock` stands beside it. */
  readonly file: string;
}

/** Opens or creates the store. Throws `StoreInUseError` where somebody else writes it. */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<EventStore> {
  const file = realFile(options.file);
  const lock = lockWriter(file);
  try {
    const doorbell = new Doorbell();
    const writer = await startWriter(
      { ...options, file },
      { onHead: (head) => doorbell.ring(head), onLost: (error) => doorbell.lose(error) },
    );
    return new EmbeddedStore(file, lock, writer, new Reader(file), doorbell);
  } catch (error) {
    lock.release();
    throw error;
  }
}

class EmbeddedStore implements EventStore {
  readonly #file: string;
  readonly #lock: WriterLock;
  readonly #writer: WriterThread;
  readonly #reader: Reader;
  readonly #tail: Tail;
  readonly #doorbell: Doorbell;
  #closed: Promise<void> | undefined;

  constructor(file: string, lock: WriterLock, writer: WriterThread, reader: Reader, doorbell: Doorbell) {
    this.#file = file;
    this.#lock = lock;
    this.#writer = writer;
    this.#reader = reader;
    this.#tail = new Tail(reader);
    this.#doorbell = doorbell;
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<AppendOutcome> {
    const fields = encodeEvents(stream, events, expected);
    return toAppendOutcome(
      await this.#writer.append(stream, fields, expected === 'no-stream' ? NO_STREAM : expected),
    );
  }

  async readStream(stream: string, range: StreamRange = {}): Promise<StreamRead> {
    return this.#reader.stream(stream, range);
  }

  async *readAll(range: AllRange = {}): AsyncGenerator<readonly RecordedEvent[]> {
    const until = this.#reader.last();
    let after = fromPosition(range.after);
    for (let atEnd = false; !atEnd && !range.signal?.aborted;) {
      const page = this.#reader.page(after, until, range.filter);
      ({ last: after, atEnd } = page);
      if (page.events.length > 0) yield page.events;
      // A long read leaves room for others between two pages.
      if (!atEnd) await nextTick();
    }
  }

  async *subscribe(range: AllRange = {}): AsyncGenerator<SubscriptionMessage> {
    const { signal } = range;
    let after = fromPosition(range.after);
    // A checkpoint from another life of this log would wait for ever, and miss everything until then.
    if (after > this.#reader.last())
      throw new RangeError(`position ${range.after} lies beyond the end of the log`);
    for (let caughtUp = false; !signal?.aborted;) {
      const seen = this.#doorbell.rings;
      const page = this.#page(after, range.filter);
      if (page.last > after) yield { kind: 'events', events: page.events, position: toPosition(page.last) };
      after = page.last;
      if (page.atEnd && !caughtUp && !signal?.aborted) {
        caughtUp = true;
        yield { kind: 'caught-up', position: after === 0 ? undefined : toPosition(after) };
      }
      if (page.atEnd) await this.#doorbell.next(seen, signal);
      else await nextTick();
    }
  }

  #page(after: number, filter: EventFilter | undefined): Page {
    if (filter) return this.#reader.page(after, Number.MAX_SAFE_INTEGER, filter);
    return this.#tail.page(after, this.#doorbell.head);
  }

  async deleteStream(stream: string): Promise<DeleteOutcome> {
    checkStreamName(stream);
    const { kind } = await this.#writer.delete(stream);
    this.#tail.forget();
    return kind === 'deleted' || kind === 'no-stream' ? kind : 'unknown';
  }

  async head(): Promise<Position | undefined> {
    const last = this.#reader.last();
    return last === 0 ? undefined : toPosition(last);
  }

  /** Waits for what was asked for before; the lock goes last. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#writer.close();
    this.#reader.close();
    try {
      leaveOneFile(this.#file);
    } finally {
      this.#lock.release();
    }
  }
}

function toAppendOutcome(outcome: WriteOutcome): AppendOutcome {
  switch (outcome.kind) {
    case 'appended':
      return { ...outcome, positions: outcome.positions.map(toPosition) };
    case 'conflict':
      return { kind: 'conflict', actual: toExpected(outcome.actual) };
    case 'no-stream':
      throw new Error('an append was answered as a deletion');
    case 'deleted':
    case 'full':
      return { kind: outcome.kind };
    case 'unknown':
      return outcome;
  }
}

const toExpected = (revision: Revision): Expected => (revision === NO_STREAM ? 'no-stream' : revision);
