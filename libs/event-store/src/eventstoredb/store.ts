import { ANY, type EventStoreDBClient } from '@eventstore/db-client';
import { checkStreamName, encodeEvents, FIELDS } from '../encode.js';
import type {
  AllRange,
  AppendOutcome,
  DeleteOutcome,
  EventStore,
  Expected,
  NewEvent,
  Position,
  RecordedEvent,
  StreamRange,
  StreamRead,
  SubscriptionMessage,
} from '../port.js';
import { StoreUnavailableError } from '../store-unavailable.js';
import { Appender, type Settled } from './appender.js';
import { Connection } from './connection.js';
import { kindOf } from './failure.js';
import { Patience } from './patience.js';
import { fromPosition } from './position.js';
import { Reading } from './reading.js';
import { runningTime } from './running-time.js';
import { settingsOf, type EventStoreDbOptions, type Settings } from './settings.js';
import { subscribe } from './subscription.js';

/** Resolves when the server has answered once; throws `StoreUnavailableError` where it does not. */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const store = new EventStoreDb(settingsOf(options));
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What is written and what is read has a connection of its own: a long read must not stand in the way of a mark. */
class EventStoreDb implements EventStore {
  readonly #settings: Settings;
  readonly #writing: Connection;
  readonly #following: Connection;
  readonly #connection: Connection;
  readonly #appender: Appender;
  readonly #reading: Reading;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#writing = new Connection(settings, 'appends');
    this.#connection = new Connection(settings, 'reads');
    this.#following = new Connection(settings, 'subscription');
    this.#appender = new Appender(this.#writing, settings);
    this.#reading = new Reading(this.#connection, settings);
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<AppendOutcome> {
    const fields = encodeEvents(stream, events, expected);
    const settled = await this.#appender.append({ stream, fields, expected });
    if (settled.kind !== 'appended') return settled;
    const count = fields.length / FIELDS;
    if (count === 1 && settled.last !== undefined) return { kind: 'appended', revision: settled.revision, positions: [settled.last] };
    return this.#readBack(stream, settled, count);
  }

  /** The server tells the position of an append's last event only. */
  async #readBack(stream: string, { revision }: Settled & { readonly kind: 'appended' }, count: number): Promise<AppendOutcome> {
    try {
      const first = revision - count + 1;
      const range = { limit: count, ...(first > 0 && { after: first - 1 }) };
      const read = await this.#reading.stream(stream, range);
      const positions: readonly Position[] = read.kind === 'found' ? read.events.map(({ position }) => position) : [];
      if (positions.length === count) return { kind: 'appended', revision, positions };
      return { kind: 'unknown', cause: 'appended, and gone before its positions were read' };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return { kind: 'unknown', cause: error.message };
    }
  }

  async readStream(stream: string, range: StreamRange = {}): Promise<StreamRead> {
    return this.#reading.stream(stream, range);
  }

  async *readAll(range: AllRange = {}): AsyncGenerator<readonly RecordedEvent[]> {
    if (range.after !== undefined) fromPosition(range.after);
    yield* this.#reading.all(range);
  }

  async *subscribe(range: AllRange = {}): AsyncGenerator<SubscriptionMessage> {
    if (range.after !== undefined) fromPosition(range.after);
    yield* subscribe({ connection: this.#following, reading: this.#reading, settings: this.#settings }, range);
  }

  /** For good is a tombstone. It is looked at first: a name never written could be given a tombstone as well. */
  async deleteStream(stream: string): Promise<DeleteOutcome> {
    checkStreamName(stream);
    const untilMs = runningTime() + this.#settings.appendTimeoutMs;
    for (const patience = new Patience(); runningTime() < untilMs; await patience.wait()) {
      const client = this.#connection.client();
      try {
        const read = await this.#reading.stream(stream, { limit: 1 });
        if (read.kind !== 'found') return read.kind;
        await within(this.#settings.answerTimeoutMs, tombstone(client, stream));
        return 'deleted';
      } catch (error) {
        if (kindOf(error) === 'deleted') return 'deleted';
        if (kindOf(error) === 'refused') throw error;
        this.#connection.failed(client, error);
      }
    }
    return 'unknown';
  }

  async head(): Promise<Position | undefined> {
    return (await this.#reading.end()).head;
  }

  async close(): Promise<void> {
    await this.#appender.close();
    for (const connection of [this.#writing, this.#connection, this.#following]) connection.close();
  }
}

const tombstone = (client: EventStoreDBClient, stream: string): Promise<unknown> =>
  client.tombstoneStream(stream, { expectedRevision: ANY, requiresLeader: true });

/** The deadline of a call does not bind. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer for ${ms} ms`)), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
