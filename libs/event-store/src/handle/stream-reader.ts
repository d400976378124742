/** Folded streams, from memory as far as they are there, from the store for the rest. */
import type { EventStore, Position, RecordedEvent, Revision } from '../port.js';
import { StoreUnavailableError } from '../store-unavailable.js';
import type { StreamState } from '../streams.js';
import { Folded, type AnyDecider, type FoldCache, type Recorded } from './folded.js';
import type { Plan } from './plan.js';

/** Deciders of one stream kept folded beside the one asked for. A decider is one object, made once. */
const MOST_OTHERS = 3;

export class StreamReader {
  readonly #store: EventStore;
  readonly #cache: FoldCache;

  constructor(store: EventStore, cache: FoldCache) {
    this.#store = store;
    this.#cache = cache;
  }

  /** As the store has it now. */
  async load(stream: string, decider: AnyDecider): Promise<StreamState<unknown>> {
    const folded = await this.open(stream, [decider]);
    if (folded === 'deleted') return { state: decider.initial, revision: undefined, position: undefined };
    return stateOf(folded, folded.states.get(decider));
  }

  /** From memory where it holds all these deciders: it may lag behind the store. */
  remembered(stream: string, deciders: readonly AnyDecider[]): Folded | undefined {
    const folded = this.#cache.get(stream);
    return folded && deciders.every((decider) => folded.states.has(decider)) ? folded : undefined;
  }

  async open(stream: string, deciders: readonly AnyDecider[]): Promise<Folded | 'deleted'> {
    const known = this.remembered(stream, deciders);
    const others = known ? [] : [...(this.#cache.get(stream)?.states.keys() ?? [])].slice(-MOST_OTHERS);
    const folded = known ?? new Folded(new Set([...others, ...deciders]));
    const { revision, lastId, position } = folded;
    // The last known one is read again: of a log that was put back from an older copy, what is remembered is not true.
    const read = await this.#store.readStream(stream, revision < 1 ? {} : { after: revision - 1 });
    if (read.kind === 'deleted') {
      this.#cache.forget(stream);
      return 'deleted';
    }
    const events = read.kind === 'found' ? read.events : [];
    if (revision >= 0 && (events[0]?.id !== lastId || events[0]?.position !== position)) {
      this.#cache.forget(stream);
      return this.open(stream, deciders);
    }
    // While this read waited, a command of the same stream may have moved the fold: only what is new to it counts.
    if (read.kind === 'found') this.add(stream, folded, events);
    return folded;
  }

  add(stream: string, folded: Folded, events: readonly RecordedEvent[]): void {
    const before = folded.revision;
    folded.add(events.filter((event) => event.revision > before));
    this.#cache.put(stream, folded, folded.revision - before);
  }

  /** What was appended, with what the plan knows to be true after it: unless the fold has been moved meanwhile. */
  advance(stream: string, folded: Folded, events: readonly RecordedEvent[], { base, states, hashes }: Plan): void {
    if (folded.revision !== base.revision || folded.states.size !== states.size) return this.add(stream, folded, events);
    folded.advance(events, { states, lastHash: hashes.at(-1) });
    this.#cache.put(stream, folded, events.length);
  }

  /** What is remembered of it may not be what the store has. */
  forget(stream: string): void {
    this.#cache.forget(stream);
  }

  /** What is known to stand there. */
  async read(stream: string, { first, count, commandId }: Known): Promise<readonly RecordedEvent[]> {
    const range = { ...(first === 0 ? {} : { after: first - 1 }), limit: count };
    const read = await this.#store.readStream(stream, range);
    if (read.kind === 'deleted') return [];
    const events = read.kind === 'found' ? read.events : [];
    const isThere = events.length === count && events.every(({ metadata }) => commandId === undefined || metadata['commandId'] === commandId);
    if (isThere) return events;
    this.#cache.forget(stream);
    throw new StoreUnavailableError(`what was recorded in ${stream} is not there any more; it is read again`);
  }
}

type Known = Pick<Recorded, 'first' | 'count'> & Partial<Pick<Recorded, 'commandId'>>;

export function stateOf<State>(
  at: { readonly revision: Revision; readonly position: Position | undefined },
  state: State,
): StreamState<State> {
  return { state, revision: at.revision < 0 ? undefined : at.revision, position: at.position };
}
