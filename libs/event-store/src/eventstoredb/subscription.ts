/**
 * A subscription that does not die in silence: it is begun again after the last event it gave, whenever it fails, ends,
 * or hears nothing while the log goes on.
 */
import { START, type EventStoreDBClient } from '@eventstore/db-client';
import type { AllRange, Position, RecordedEvent, SubscriptionMessage } from '../port.js';
import { batches, SilenceError } from './batches.js';
import type { Connection } from './connection.js';
import { kindOf } from './failure.js';
import { Patience } from './patience.js';
import { fromPosition } from './position.js';
import type { LogEnd, Reading } from './reading.js';
import { passes, placeOf, toRecorded, type Read } from './recorded.js';
import type { Settings } from './settings.js';

export interface Supervised {
  readonly connection: Connection;
  readonly reading: Reading;
  readonly settings: Settings;
}

export async function* subscribe(supervised: Supervised, range: AllRange): AsyncGenerator<SubscriptionMessage> {
  const { connection } = supervised;
  const { signal } = range;
  const patience = new Patience();
  const following = new Following(supervised, range);
  while (!signal?.aborted) {
    const client = connection.client();
    try {
      for await (const message of following.messages(client)) {
        patience.reset();
        if (signal?.aborted) return;
        yield message;
      }
    } catch (error) {
      if (error instanceof RangeError || kindOf(error) === 'refused') throw error;
      if (kindOf(error) === 'no-position') throw new RangeError(`position ${following.at} is no place of the log`, { cause: error });
      connection.failed(client, error);
    }
    if (!signal?.aborted) await patience.wait(signal);
  }
}

/** One subscription over all its beginnings. */
class Following {
  readonly #supervised: Supervised;
  readonly #range: AllRange;
  /** The last place that was looked at, in the log as the server has it. */
  #at: Position | undefined;
  /** The last place told: never that of an event of the system, which is no place in anybody else's log. */
  #told: Position | undefined;
  /** The event there; undefined before the first. */
  #toldId: string | undefined;
  #isCaughtUp = false;
  /** The subscription has caught up once it has passed this. */
  #goal: LogEnd | undefined;
  #wasBehind = false;

  constructor(supervised: Supervised, range: AllRange) {
    this.#supervised = supervised;
    this.#range = range;
    this.#at = this.#told = range.after;
  }

  get at(): Position | undefined {
    return this.#at;
  }

  async *messages(client: EventStoreDBClient): AsyncGenerator<SubscriptionMessage> {
    const { signal } = this.#range;
    const end = await this.#endOfSameLog();
    this.#goal ??= end;
    this.#wasBehind = false;
    yield* this.#caughtUp();
    const call = client.subscribeToAll({ fromPosition: this.#at === undefined ? START : fromPosition(this.#at) });
    const options = {
      signal,
      silenceMs: this.#isCaughtUp ? this.#supervised.settings.watchdogMs : this.#supervised.settings.answerTimeoutMs,
      mayBeSilent: () => this.#mayBeSilent(),
      stop: () => call.unsubscribe(),
    };
    for await (const batch of batches(call, options)) {
      const before = this.#told;
      const events = this.#take(batch);
      this.#wasBehind = false;
      if (this.#told !== undefined && this.#told !== before) yield { kind: 'events', events, position: this.#told };
      yield* this.#caughtUp();
    }
    if (!signal?.aborted) throw new Error('the server ended the subscription');
  }

  #take(batch: readonly Read[]): readonly RecordedEvent[] {
    const events: RecordedEvent[] = [];
    for (const read of batch) {
      this.#at = placeOf(read);
      const event = toRecorded(read, this.#at);
      if (!event) continue;
      [this.#told, this.#toldId] = [this.#at, event.id];
      if (passes(event, this.#range.filter)) events.push(event);
    }
    return events;
  }

  *#caughtUp(): Generator<SubscriptionMessage> {
    if (this.#isCaughtUp || isBefore(this.#at, this.#goal?.last)) return;
    this.#isCaughtUp = true;
    yield { kind: 'caught-up', position: this.#told };
  }

  /**
   * Looked at whenever it is begun: a log that was put back from an older copy would be waited for for ever, and what is
   * written in the places of what was lost would never be told.
   */
  async #endOfSameLog(): Promise<LogEnd> {
    const { reading } = this.#supervised;
    const end = await reading.end();
    const isBeyond = (at: Position | undefined): boolean => at !== undefined && (end.last === undefined || at > end.last);
    if (isBeyond(this.#told)) throw new RangeError(`position ${this.#told} lies beyond the end of the log`);
    // What the system wrote last may be gone with the node that wrote it.
    if (isBeyond(this.#at)) this.#at = this.#told;
    if (this.#told === undefined || this.#toldId === undefined) return end;
    const id = await reading.idAt(this.#told);
    if (id !== undefined && id !== this.#toldId) throw new RangeError(`the log holds another event at ${this.#told} than before`);
    return end;
  }

  /** The watchdog: nothing to hear is well, twice nothing heard of what is there is not. */
  async #mayBeSilent(): Promise<boolean> {
    const { last } = await this.#supervised.reading.end();
    const isBehind = isBefore(this.#at, last);
    const mayBe = !(isBehind && this.#wasBehind);
    this.#wasBehind = isBehind;
    if (!mayBe) throw new SilenceError(`the subscription stands still at ${this.#at ?? 'the beginning'}, the log does not`);
    return true;
  }
}

const isBefore = (at: Position | undefined, end: Position | undefined): boolean =>
  end !== undefined && (at === undefined || at < end);
