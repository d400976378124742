/** Reads, each begun again where it stopped when the connection is lost, until there is no progress for too long. */
import { BACKWARDS, END, FORWARDS, START, type EventStoreDBClient } from '@eventstore/db-client';
import type { AllRange, Position, RecordedEvent, StreamRange, StreamRead } from '../port.js';
import { StoreUnavailableError } from '../store-unavailable.js';
import { batches, type Call } from './batches.js';
import type { Connection } from './connection.js';
import { causeOf, kindOf } from './failure.js';
import { Patience } from './patience.js';
import { runningTime } from './running-time.js';
import { fromPosition } from './position.js';
import { passes, placeOf, toRecorded } from './recorded.js';
import type { Settings } from './settings.js';

/** Where the log ends. */
export interface LogEnd {
  /** Of the last event, the system's own included. */
  readonly last: Position | undefined;
  /** Of the last event that is somebody's business. */
  readonly head: Position | undefined;
}

export class Reading {
  readonly #connection: Connection;
  readonly #settings: Settings;
  #heardAtMs = -Infinity;
  #end: LogEnd = { last: undefined, head: undefined };

  constructor(connection: Connection, settings: Settings) {
    this.#connection = connection;
    this.#settings = settings;
  }

  async stream(name: string, range: StreamRange): Promise<StreamRead> {
    const { after, limit, backwards = false } = range;
    if ((limit !== undefined && !(limit >= 1)) || (backwards && after !== undefined))
      throw new RangeError('limit below 1, or `after` with `backwards`');
    const options = {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision: backwards ? END : after === undefined ? START : BigInt(after + 1),
      requiresLeader: true,
      ...(limit !== undefined && { maxCount: limit }),
    } as const;
    return this.#patiently(async (client) => {
      const events: RecordedEvent[] = [];
      const call = client.readStream(name, options);
      try {
        for await (const batch of this.#batches(client, call)) {
          for (const read of batch) {
            const event = toRecorded(read, placeOf(read));
            if (event) events.push(event);
          }
        }
      } catch (error) {
        const kind = kindOf(error);
        if (kind === 'no-stream' || kind === 'deleted') return { kind };
        throw error;
      }
      return { kind: 'found', events };
    });
  }

  /** `readAll` begins at a position and shows its event again, which has been seen. */
  async *all({ after, filter, signal }: AllRange): AsyncGenerator<readonly RecordedEvent[]> {
    const patience = new Patience();
    let at = after;
    let untilMs = this.#soon();
    for (let isDone = false; !isDone && !signal?.aborted;) {
      const client = this.#connection.client();
      const from = at === undefined ? START : fromPosition(at);
      try {
        for await (const batch of this.#batches(client, client.readAll({ fromPosition: from }), signal)) {
          const events: RecordedEvent[] = [];
          for (const read of batch) {
            const position = placeOf(read);
            if (at !== undefined && position <= at) continue;
            at = position;
            const event = toRecorded(read, position);
            if (event && passes(event, filter)) events.push(event);
          }
          if (events.length > 0) yield events;
          patience.reset();
          untilMs = this.#soon();
        }
        isDone = true;
      } catch (error) {
        await this.#bear(client, error, untilMs, patience, signal);
      }
    }
  }

  /** Backwards over what the system wrote last, as far as it is not known from the last time. */
  async end(): Promise<LogEnd> {
    return this.#patiently(async (client) => {
      const near = await this.#endWithin(client, OFTEN_ENOUGH);
      return (this.#end = near ?? (await this.#endWithin(client, undefined))!);
    });
  }

  /** Of the event in this place; undefined where it was erased since. */
  async idAt(position: Position): Promise<string | undefined> {
    return this.#patiently(async (client) => {
      const call = client.readAll({ direction: FORWARDS, fromPosition: fromPosition(position), requiresLeader: true, maxCount: 1 });
      let id: string | undefined;
      for await (const batch of this.#batches(client, call)) {
        for (const read of batch) if (placeOf(read) === position) id = toRecorded(read, position)?.id;
      }
      return id;
    });
  }

  /** Undefined where that many events say nothing of it: a server sends what is asked for before it hears that it is enough. */
  async #endWithin(client: EventStoreDBClient, maxCount: number | undefined): Promise<LogEnd | undefined> {
    const known = this.#end;
    let last: Position | undefined;
    let seen = 0;
    const call = client.readAll({ direction: BACKWARDS, fromPosition: END, requiresLeader: true, ...(maxCount !== undefined && { maxCount }) });
    for await (const batch of this.#batches(client, call)) {
      for (const read of batch) {
        const position = placeOf(read);
        last ??= position;
        seen += 1;
        if (toRecorded(read, position)) return { last, head: position };
        if (position === known.last) return { last, head: known.head };
      }
    }
    return seen === maxCount ? undefined : { last, head: undefined };
  }

  async #patiently<Result>(work: (client: EventStoreDBClient) => Promise<Result>): Promise<Result> {
    const patience = new Patience();
    for (const untilMs = this.#soon(); ;) {
      const client = this.#connection.client();
      try {
        return await work(client);
      } catch (error) {
        await this.#bear(client, error, untilMs, patience);
      }
    }
  }

  /** Throws what no patience will mend. */
  async #bear(client: EventStoreDBClient, error: unknown, untilMs: number, patience: Patience, signal?: AbortSignal): Promise<void> {
    const kind = kindOf(error);
    if (kind === 'no-position') throw new RangeError('there is no event at that position of the log');
    if (kind === 'refused') throw new Error(`the event store refuses: ${causeOf(error)}`, { cause: error });
    this.#connection.failed(client, error);
    if (runningTime() > untilMs) throw new StoreUnavailableError(`the event store does not answer: ${causeOf(error)}`, { cause: error });
    await patience.wait(signal);
  }

  /** A call is slow, and not dead, as long as others over the same connection are answered; for so long. */
  async *#batches(client: EventStoreDBClient, call: Call & { cancel(): Promise<void> }, signal?: AbortSignal) {
    const silenceMs = this.#settings.answerTimeoutMs;
    let slow = 0;
    yield* batches(call, {
      signal,
      silenceMs,
      stop: () => call.cancel(),
      onHeard: () => {
        this.#heardAtMs = runningTime();
        slow = 0;
      },
      mayBeSilent: async () => runningTime() - this.#heardAtMs < silenceMs && (slow += 1) < MOST_SLOW,
    });
    // What a client was in the middle of when it was given up ends as if that were all.
    if (!signal?.aborted && !this.#connection.isCurrent(client)) throw new Error('the client was replaced meanwhile');
  }

  #soon(): number {
    return runningTime() + this.#settings.readTimeoutMs;
  }
}

/** Times that a call may be silent for as long as an answer may be owed. */
const MOST_SLOW = 4;

/** Between two events of the Portal the server writes few of its own. */
const OFTEN_ENOUGH = 16;
