/** A stream as far as it was read: the states of its deciders, and what a retry and the next event need. */
import type { Decider } from '@portal/domain';
import { hashEvent } from '../chain.js';
import type { Position, RecordedEvent, Revision } from '../port.js';
import type { EventMetadata } from '../streams.js';

/** What the folds know of a decider: the stream's own events are the only ones it is ever given. */
export type AnyDecider = Decider<never, never, unknown, unknown>;

/** Where the events of one command stand: one append, so one run of revisions. */
export interface Recorded {
  readonly commandId: string;
  readonly first: Revision;
  readonly count: number;
  /** As the context said it. */
  readonly request: string | undefined;
}

export class Folded {
  /** −1 where the stream does not exist. */
  revision: Revision = -1;
  position: Position | undefined;
  lastId: string | undefined;
  lastHash: string | undefined;
  readonly commands = new Map<string, Recorded>();
  states: ReadonlyMap<AnyDecider, unknown>;

  constructor(deciders: Iterable<AnyDecider>) {
    this.states = new Map([...deciders].map((decider) => [decider, decider.initial]));
  }

  add(events: readonly RecordedEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    const states = new Map(this.states);
    for (const event of events) {
      for (const [decider, state] of states) states.set(decider, decider.evolve(state, event as never));
    }
    this.advance(events, { states, lastHash: hashEvent(last) });
  }

  /** Where it was worked out already what is true after them; at least one. */
  advance(events: readonly RecordedEvent[], known: Pick<Folded, 'states' | 'lastHash'>): void {
    for (const event of events) this.#note(event);
    const last = events.at(-1) as RecordedEvent;
    [this.revision, this.position, this.lastId] = [last.revision, last.position, last.id];
    [this.states, this.lastHash] = [known.states, known.lastHash];
  }

  #note(event: RecordedEvent): void {
    const { commandId, request } = event.metadata as Partial<EventMetadata>;
    if (typeof commandId !== 'string') return;
    const known = this.commands.get(commandId);
    this.commands.set(
      commandId,
      known ? { ...known, count: known.count + 1 } : { commandId, first: event.revision, count: 1, request },
    );
  }
}

/**
 * Streams folded lately, bounded by events, for they are what is kept. In two halves, so that using one costs a look
 * and no more: what was used since the last turn, and what was used before; at a turn the latter is dropped.
 */
export class FoldCache {
  #recent = new Map<string, Folded>();
  #earlier = new Map<string, Folded>();
  readonly #mostRecent: number;
  /** Of what is in `#recent`. */
  #events = 0;

  constructor(maxEvents: number) {
    this.#mostRecent = maxEvents / 2;
  }

  get(stream: string): Folded | undefined {
    const recent = this.#recent.get(stream);
    if (recent) return recent;
    const folded = this.#earlier.get(stream);
    if (folded) this.put(stream, folded);
    return folded;
  }

  forget(stream: string): void {
    const recent = this.#recent.get(stream);
    if (recent) this.#events -= weight(recent);
    this.#recent.delete(stream);
    this.#earlier.delete(stream);
  }

  /** `grownBy`: the events it has more than when it was put here before. */
  put(stream: string, folded: Folded, grownBy = 0): void {
    if (this.#recent.get(stream) === folded) {
      this.#events += grownBy;
    } else {
      this.forget(stream);
      this.#recent.set(stream, folded);
      this.#events += weight(folded);
    }
    if (this.#events <= this.#mostRecent) return;
    [this.#earlier, this.#recent, this.#events] = [this.#recent, new Map(), 0];
  }
}

/** Revisions and a constant: an absent stream is remembered too. */
const weight = (folded: Folded): number => folded.revision + 10;
