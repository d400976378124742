/** A stream as far as it was read: the states of its deciders, and what a retry and the next event need. */
import type { Decider } from '@portal/domain';
import { hashEvent } from '../chain.js';
import type { Position, RecordedEvent, Revision } from '../port.js';

/** What the folds know of a decider: the stream's own events are the only ones it is ever given. */
export type AnyDecider = Decider<never, never, unknown, unknown>;

/** Where the events of one command stand: one append, so one run of revisions. */
export interface Recorded {
  readonly first: Revision;
  readonly count: number;
}

export class Folded {
  /** −1 where the stream does not exist. */
  revision: Revision = -1;
  position: Position | undefined;
  lastHash: string | undefined;
  readonly commands = new Map<string, Recorded>();
  readonly states: Map<AnyDecider, unknown>;

  constructor(deciders: Iterable<AnyDecider>) {
    this.states = new Map([...deciders].map((decider) => [decider, decider.initial]));
  }

  add(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      this.revision = event.revision;
      this.position = event.position;
      this.#note(event);
      for (const [decider, state] of this.states)
        this.states.set(decider, decider.evolve(state, event as never));
    }
    const last = events.at(-1);
    if (last) this.lastHash = hashEvent(last);
  }

  #note(event: RecordedEvent): void {
    const commandId = event.metadata['commandId'];
    if (typeof commandId !== 'string') return;
    const known = this.commands.get(commandId);
    this.commands.set(
      commandId,
      known ? { ...known, count: known.count + 1 } : { first: event.revision, count: 1 },
    );
  }
}

/** Streams folded lately, the least recently used dropped first; bounded by events, for they are what is kept. */
export class FoldCache {
  readonly #folds = new Map<string, Folded>();
  readonly #maxEvents: number;
  #events = 0;

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  get(stream: string): Folded | undefined {
    const folded = this.take(stream);
    if (folded) this.put(stream, folded);
    return folded;
  }

  /** Out of the cache while it changes: its weight may not change inside. */
  take(stream: string): Folded | undefined {
    const folded = this.#folds.get(stream);
    if (!folded) return undefined;
    this.#folds.delete(stream);
    this.#events -= weight(folded);
    return folded;
  }

  put(stream: string, folded: Folded): void {
    this.take(stream);
    this.#folds.set(stream, folded);
    this.#events += weight(folded);
    for (const oldest of this.#folds.keys()) {
      if (this.#events <= this.#maxEvents) return;
      this.take(oldest);
    }
  }
}

/** Revisions and a constant: an absent stream is remembered too. */
const weight = (folded: Folded): number => folded.revision + 10;
