import type { Document } from '@portal/contract';

/**
 * Documents that are made, as they are shown. What is made stays made, and no later event changes what is shown of it (a
 * download moves its stream and nothing else): it is never out of date here. One that is parked is not kept: whoever has it
 * tried again may be at another process. Bounded; what is not here is read.
 */
export class ReadyOnes {
  #recent = new Map<string, Document>();
  #earlier = new Map<string, Document>();

  constructor(private readonly most: number) {}

  get(id: string): Document | undefined {
    const recent = this.#recent.get(id);
    if (recent !== undefined) return recent;
    const earlier = this.#earlier.get(id);
    if (earlier !== undefined) this.keep(earlier);
    return earlier;
  }

  keep(one: Document): void {
    if (one.state !== 'ready') return;
    this.#recent.set(one.document, one);
    if (this.#recent.size >= this.most / 2) [this.#earlier, this.#recent] = [this.#recent, new Map()];
  }
}
