/** What one call was asked and has not answered yet; and whether it is slow, has passed over one, or is silent. */
import { runningTime } from './running-time.js';

interface Sent<Asked> {
  readonly asked: Asked;
  readonly atMs: number;
}

export class OwedAnswers<Asked> {
  /** In the order of sending. */
  readonly #sent = new Map<string, Sent<Asked>>();
  #heardAtMs = 0;
  /** When the latest of those that were answered was sent. */
  #answeredMs = 0;

  sent(correlation: string, asked: Asked): void {
    this.#sent.set(correlation, { asked, atMs: runningTime() });
  }

  /** Undefined for an answer to nobody: it came twice, or too late. */
  answered(correlation: string): Asked | undefined {
    const sent = this.#sent.get(correlation);
    this.#heardAtMs = runningTime();
    if (!sent) return undefined;
    this.#sent.delete(correlation);
    this.#answeredMs = Math.max(this.#answeredMs, sent.atMs);
    return sent.asked;
  }

  forget(correlation: string): void {
    this.#sent.delete(correlation);
  }

  clear(): void {
    this.#sent.clear();
  }

  /** Something is owed, and nothing at all was heard for so long. */
  isSilent(ms: number): boolean {
    const [oldest] = this.#sent.values();
    return oldest !== undefined && runningTime() - Math.max(oldest.atMs, this.#heardAtMs) > ms;
  }

  /** Those that others which were sent so much later have been answered before: their answers are lost. */
  takePassedOver(ms: number): readonly Asked[] {
    const passedOver: Asked[] = [];
    for (const [correlation, { asked, atMs }] of this.#sent) {
      if (this.#answeredMs - atMs <= ms) break;
      this.#sent.delete(correlation);
      passedOver.push(asked);
    }
    return passedOver;
  }
}
