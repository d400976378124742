import type { Source } from '@portal/documents';
import { hashEvent, sha256, type EventStore, type RecordedEvent } from '@portal/event-store';

/** What one document is made from: it reads streams as they stood at a position, and remembers which. */
export class Reading {
  readonly #last = new Map<string, RecordedEvent>();

  constructor(
    private readonly events: EventStore,
    /** The last that counts; everything where absent. */
    private readonly at: string | undefined,
  ) {}

  /** Empty where there was no such stream. */
  async stream(name: string): Promise<readonly RecordedEvent[]> {
    const read = await this.events.readStream(name);
    if (read.kind !== 'found') return [];
    const { at } = this;
    const events = at === undefined ? read.events : read.events.filter(({ position }) => position <= at);
    const last = events.at(-1);
    if (last !== undefined) this.#last.set(name, last);
    return events;
  }

  /** Each event holds the hash of the one before it, so the last of a stream stands for all of it. */
  source(): Source {
    const all = [...this.#last].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = all.map(([name, last]) => `${name} ${last.revision} ${hashEvent(last)}\n`);
    const latest = all.map(([, last]) => last).reduce<RecordedEvent | undefined>(later, undefined);
    return { position: latest?.position ?? '', at: String(latest?.metadata['recordedAt'] ?? ''), hash: sha256(lines.join('')) };
  }
}

const later = (one: RecordedEvent | undefined, other: RecordedEvent): RecordedEvent =>
  one === undefined || other.position > one.position ? other : one;
