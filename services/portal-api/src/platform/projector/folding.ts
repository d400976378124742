import type { View } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import type { Advance, Generation, ViewStore } from '../view-store/port.js';
import { noted } from './last-event.js';

/** Folds events into generations of views: what changed since the last flush, over what is remembered. */
export class Foldings {
  readonly #store: ViewStore;
  readonly #all: readonly Folding[];
  /** Whom an event of this type concerns: most concern few. */
  readonly #byType = new Map<string, Folding[]>();

  constructor(store: ViewStore, generations: readonly (readonly [View, Generation])[]) {
    this.#store = store;
    this.#all = generations.map(([view, generation]) => new Folding(view, generation, store));
    for (const folding of this.#all) {
      for (const type of folding.view.types) this.#byType.set(type, [...(this.#byType.get(type) ?? []), folding]);
    }
  }

  get generations(): readonly Generation[] {
    return this.#all.map(({ generation }) => generation);
  }

  /** What a generation has seen already is passed over by it. */
  async fold(events: readonly RecordedEvent[]): Promise<void> {
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined) return;
    for (const folding of this.#all) folding.begin(first.position);
    await this.#load(events);
    for (const event of events) {
      const concerned = this.#byType.get(event.type);
      if (concerned !== undefined) for (const folding of concerned) folding.take(event);
    }
    const lastEvent = noted(last);
    for (const folding of this.#all) folding.reach(last.position, lastEvent);
  }

  /** What the events are folded over, read for the whole batch in one go. */
  async #load(events: readonly RecordedEvent[]): Promise<void> {
    if (this.#all.every(({ isWhole }) => isWhole)) return;
    for (const event of events) {
      const concerned = this.#byType.get(event.type);
      if (concerned !== undefined) for (const folding of concerned) folding.want(event);
    }
    await Promise.all(this.#all.map((folding) => folding.load()));
  }

  /** Writes all that is pending. */
  async flush(): Promise<void> {
    const pending = this.#all.flatMap((folding) => {
      const advance = folding.pending();
      return advance === undefined ? [] : [{ folding, advance }];
    });
    if (pending.length === 0) return;
    const generations = await this.#store.advance(pending.map(({ advance }) => advance));
    pending.forEach(({ folding }, index) => folding.flushed(generations[index] as Generation));
  }
}

interface Entry {
  document: object | undefined;
  isChanged: boolean;
}

class Folding {
  readonly #store: ViewStore;
  readonly #entries = new Map<string, Entry>();
  readonly #wanted = new Set<string>();
  #changed: [key: string, entry: Entry][] = [];
  /** All that this generation has is remembered: what is not need not be looked for. */
  isWhole: boolean;
  #at: string | undefined;
  #lastEvent: string | undefined;
  /** Events up to here were folded before this batch; undefined where the batch holds none of them. */
  #seen: string | undefined;

  constructor(
    readonly view: View,
    public generation: Generation,
    store: ViewStore,
  ) {
    this.#store = store;
    this.#at = generation.checkpoint;
    this.isWhole = generation.state === 'building' && generation.checkpoint === undefined;
  }

  begin(first: string): void {
    this.#seen = this.#at !== undefined && first <= this.#at ? this.#at : undefined;
  }

  want(event: RecordedEvent): void {
    if (this.isWhole || this.#hasSeen(event)) return;
    for (const key of this.view.keys(event)) if (!this.#entries.has(key)) this.#wanted.add(key);
  }

  async load(): Promise<void> {
    if (this.#wanted.size === 0) return;
    const keys = [...this.#wanted];
    this.#wanted.clear();
    const documents = await this.#store.read(this.generation.view, this.generation.generation, keys);
    keys.forEach((key, n) => this.#entries.set(key, { document: documents[n], isChanged: false }));
  }

  take(event: RecordedEvent): void {
    if (this.#hasSeen(event)) return;
    for (const key of this.view.keys(event)) {
      const entry = this.#entries.get(key) ?? this.#begin(key);
      const after = this.view.evolve(key, entry.document, event);
      if (after === entry.document) continue;
      entry.document = after;
      if (entry.isChanged) continue;
      entry.isChanged = true;
      this.#changed.push([key, entry]);
    }
  }

  reach(position: string, lastEvent: string): void {
    if (this.#at !== undefined && position <= this.#at) return;
    this.#at = position;
    this.#lastEvent = lastEvent;
  }

  #hasSeen({ position }: RecordedEvent): boolean {
    return this.#seen !== undefined && position <= this.#seen;
  }

  /** What was not found among what was looked for, or need not be looked for. */
  #begin(key: string): Entry {
    const entry = { document: undefined, isChanged: false };
    this.#entries.set(key, entry);
    return entry;
  }

  /** What to write now; undefined where the generation stands where it stood. */
  pending(): Advance | undefined {
    if (this.#at === undefined || this.#at === this.generation.checkpoint) return undefined;
    const documents = new Map(this.#changed.map(([key, { document }]) => [key, document]));
    return { generation: this.generation, to: this.#at, lastEvent: this.#lastEvent, documents };
  }

  flushed(generation: Generation): void {
    this.generation = generation;
    for (const [, entry] of this.#changed) entry.isChanged = false;
    this.#changed = [];
    if (this.#entries.size <= MOST_REMEMBERED) return;
    this.#entries.clear();
    this.isWhole = false;
  }
}

/** Documents kept in memory a view, at most: reading them again is cheap. */
const MOST_REMEMBERED = 20_000;
