import type { Document } from '@portal/contract';

/**
 * Documents that are made, as they are shown. Hardly anything changes them afterwards: a download moves the stream and
 * nothing that is shown, and a file that the store has lost is recorded by whoever wanted it, perhaps at another process, so
 * none is believed for longer than `forMs`. One that is parked is not kept: somebody may have it tried again at any moment.
 * Bounded; what is not here is read.
 */
export class ReadyOnes {
  #recent = new Map<string, Kept>();
  #earlier = new Map<string, Kept>();

  constructor(private readonly most: number, private readonly forMs = 30_000) {}

  get(id: string): Document | undefined {
    const kept = this.#recent.get(id) ?? this.#earlier.get(id);
    if (kept === undefined || performance.now() > kept.untilMs) return undefined;
    this.#put(kept);
    return kept.document;
  }

  /** As it was read just now. */
  keep(document: Document): void {
    if (document.state === 'ready') return this.#put({ document, untilMs: performance.now() + this.forMs });
    this.#recent.delete(document.document);
    this.#earlier.delete(document.document);
  }

  #put(kept: Kept): void {
    this.#recent.set(kept.document.document, kept);
    if (this.#recent.size >= this.most / 2) [this.#earlier, this.#recent] = [this.#recent, new Map()];
  }
}

interface Kept {
  readonly document: Document;
  readonly untilMs: number;
}
