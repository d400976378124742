/** The end of the log as it was read last: whoever follows close behind is shown what another has read already. */
import type { RecordedEvent } from '../port.js';
import { fromPosition, type Page, type Reader } from './reader.js';

const MOST_EVENTS = 4_000;

export class Tail {
  readonly #reader: Reader;
  /** All events after the row `#from`, up to the row `#to`. */
  #events: RecordedEvent[] = [];
  #from = -1;
  #to = -1;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** As `Reader.page`, unfiltered and without an end. What was read up to `head`, the last row, is not asked for again. */
  page(after: number, head: number): Page {
    const atEnd = this.#to === head;
    if (after >= this.#from && (after < this.#to || (after === this.#to && atEnd)))
      return { events: this.#events.slice(this.#indexAfter(after)), last: this.#to, atEnd };
    const page = this.#reader.page(after, Number.MAX_SAFE_INTEGER, undefined);
    if (after === this.#to || page.atEnd) this.#take(after, page);
    return page;
  }

  /** Something was deleted: nobody may be shown it any more. */
  forget(): void {
    [this.#events, this.#from, this.#to] = [[], -1, -1];
  }

  #take(after: number, { events, last }: Page): void {
    if (after !== this.#to) [this.#events, this.#from] = [[], after];
    this.#events.push(...events);
    this.#to = last;
    if (this.#events.length <= MOST_EVENTS) return;
    const dropped = this.#events.splice(0, this.#events.length - MOST_EVENTS / 2);
    this.#from = fromPosition(dropped.at(-1)?.position);
  }

  #indexAfter(after: number): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (fromPosition(this.#events[middle]?.position) <= after) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
