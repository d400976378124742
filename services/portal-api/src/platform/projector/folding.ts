import type { View } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import type { Advance, Generation, ViewStore } from '../view-store/view-store.js';

/** Folds events into one generation of one view: what changed since the last flush, over what is remembered. */
export class Folding {
  readonly #view: View;
  readonly #types: ReadonlySet<string>;
  readonly #store: ViewStore;
  readonly #remembered = new Map<string, object | undefined>();
  readonly #changed = new Map<string, object | undefined>();
  generation: Generation;
  #at: string | undefined;

  constructor(view: View, generation: Generation, store: ViewStore) {
    this.#view = view;
    this.#types = new Set(view.types);
    this.#store = store;
    this.generation = generation;
    this.#at = generation.checkpoint;
  }

  /** What this generation has seen already is passed over. */
  fold(events: readonly RecordedEvent[]): void {
    const last = events.at(-1)?.position;
    if (last === undefined || (this.#at !== undefined && last <= this.#at)) return;
    const seen = this.#at !== undefined && events[0]!.position <= this.#at ? this.#at : undefined;
    for (const event of events) {
      if (!this.#types.has(event.type) || (seen !== undefined && event.position <= seen)) continue;
      this.#foldOne(event);
    }
    this.#at = last;
  }

  #foldOne(event: RecordedEvent): void {
    for (const key of this.#view.keys(event)) {
      const before = this.#document(key);
      const after = this.#view.evolve(key, before, event);
      if (after !== before) {
        this.#changed.set(key, after);
        this.#remembered.set(key, after);
      }
    }
  }

  #document(key: string): object | undefined {
    const known = this.#remembered.get(key);
    if (known !== undefined || this.#remembered.has(key)) return known;
    const { view, generation } = this.generation;
    const stored = this.#store.read(view, generation, key);
    this.#remembered.set(key, stored);
    return stored;
  }

  /** What to write now; undefined where the generation stands where it stood. */
  pending(): Advance | undefined {
    if (this.#at === undefined || this.#at === this.generation.checkpoint) return undefined;
    return { generation: this.generation, to: this.#at, documents: this.#changed };
  }

  flushed(generation: Generation): void {
    this.generation = generation;
    this.#changed.clear();
    if (this.#remembered.size > MOST_REMEMBERED) this.#remembered.clear();
  }
}

/** Documents kept in memory a view, at most: reading them again is cheap. */
const MOST_REMEMBERED = 20_000;

/** Writes all that is pending in one transaction. */
export function flush(store: ViewStore, foldings: readonly Folding[]): void {
  const pending = foldings.flatMap((folding) => {
    const advance = folding.pending();
    return advance === undefined ? [] : [{ folding, advance }];
  });
  if (pending.length === 0) return;
  const generations = store.advance(pending.map(({ advance }) => advance));
  pending.forEach(({ folding }, index) => folding.flushed(generations[index] as Generation));
}
