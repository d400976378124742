import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Source } from '@portal/documents';
import { hashEvent, sha256, type EventStore, type RecordedEvent } from '@portal/event-store';

/**
 * What one document is made from: it reads streams as they stood at a position, and remembers which. It shares its
 * thread with whoever enters marks, so what is long is done piece by piece.
 */
export class Reading {
  readonly #last = new Map<string, RecordedEvent>();
  #since = performance.now();

  constructor(
    private readonly events: EventStore,
    /** The last that counts; everything where absent. */
    private readonly at: string | undefined,
  ) {}

  /** Empty where there was no such stream. */
  async stream(name: string): Promise<readonly RecordedEvent[]> {
    await this.#breathe();
    const read = await this.events.readStream(name);
    if (read.kind !== 'found') return [];
    const { at } = this;
    const events = at === undefined ? read.events : read.events.filter(({ position }) => position <= at);
    const last = events.at(-1);
    if (last !== undefined) this.#last.set(name, last);
    return events;
  }

  /** One after another, in order. */
  async each<Item, Made>(items: readonly Item[], make: (item: Item) => Made | Promise<Made>): Promise<readonly Made[]> {
    const made: Made[] = [];
    for (const item of items) {
      await this.#breathe();
      made.push(await make(item));
    }
    return made;
  }

  /** What is waited for here may be there at once: without this nobody else would have a turn. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#since < MOST_MS) return;
    await nextTurn();
    this.#since = performance.now();
  }

  /** Each event holds the hash of the one before it, so the last of a stream stands for all of it. */
  async source(): Promise<Source> {
    const all = [...this.#last].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = await this.each(all, ([name, last]) => `${name} ${last.revision} ${hashEvent(last)}\n`);
    const latest = all.map(([, last]) => last).reduce<RecordedEvent | undefined>(later, undefined);
    return { position: latest?.position ?? '', at: String(latest?.metadata['recordedAt'] ?? ''), hash: sha256(lines.join('')) };
  }
}

const MOST_MS = 4;

const later = (one: RecordedEvent | undefined, other: RecordedEvent): RecordedEvent =>
  one === undefined || other.position > one.position ? other : one;
