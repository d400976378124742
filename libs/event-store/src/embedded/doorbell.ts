/** Wakes everyone who waits for something new in the log. */
export class Doorbell {
  #rings = 0;
  #head = 0;
  #lost: Error | undefined;
  readonly #waiting = new Set<() => void>();

  /** Number of rings so far: taken before looking, given to `next`, so that no ring in between is missed. */
  get rings(): number {
    return this.#rings;
  }

  /** Row of the last event, as whoever rang last knew it. */
  get head(): number {
    return this.#head;
  }

  ring(head: number): void {
    this.#head = head;
    this.#rings++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** From now on waiting throws this. */
  lose(error: Error): void {
    this.#lost ??= error;
    this.ring(this.#head);
  }

  /** Resolves at the first ring after `seen`, or when the signal aborts; throws when the store is lost. */
  async next(seen: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#rings === seen && !signal?.aborted && !this.#lost) await this.#wait(signal);
    if (this.#lost && !signal?.aborted) throw this.#lost;
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}
