/** How far the views are, as this process knows it: told by whoever moves them here, or sees them moved by another process. */

export interface ProgressHealth {
  /** Of the last event that every view has seen. */
  readonly position: string | undefined;
  /** Once the end of the log is reached, until it is interrupted. */
  readonly caughtUp: boolean;
  readonly lastError: string | undefined;
}

export class ViewProgress {
  readonly #listeners = new Set<(position: string) => void>();
  readonly #awaited = new Set<() => void>();
  #position: string | undefined;
  #caughtUp = false;
  #lastError: string | undefined;
  #isLost = false;
  #waiting = 0;

  health(): ProgressHealth {
    return { position: this.#position, caughtUp: this.#caughtUp, lastError: this.#lastError };
  }

  /** What the views show is not of this log. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Called with the position after every move. */
  onMoved(listener: (position: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when somebody begins to wait for a position. */
  onAwaited(listener: () => void): () => void {
    this.#awaited.add(listener);
    return () => this.#awaited.delete(listener);
  }

  get isAwaited(): boolean {
    return this.#waiting > 0;
  }

  /** Whether every view has seen the event at this position, waiting up to `timeoutMs` for it. */
  reach(position: string, timeoutMs: number): Promise<boolean> {
    if (this.#position !== undefined && this.#position >= position) return Promise.resolve(true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const forget = this.onMoved((at) => at >= position && settle(true));
    const timer = setTimeout(() => settle(false), timeoutMs);
    const settle = (reached: boolean): void => {
      forget();
      clearTimeout(timer);
      this.#waiting -= 1;
      resolve(reached);
    };
    this.#waiting += 1;
    for (const told of this.#awaited) told();
    return promise;
  }

  moved(position: string): void {
    this.#position = position;
    for (const listener of [...this.#listeners]) listener(position);
  }

  reachedEnd(): void {
    this.#caughtUp = true;
    this.#isLost = false;
    this.#lastError = undefined;
  }

  interrupted(error: unknown): void {
    this.#caughtUp = false;
    this.#lastError = String(error);
  }

  /** The log is another one than the views were folded from: until they are built again, they have seen none of it. */
  lost(error: unknown): void {
    this.interrupted(error);
    this.#isLost = true;
    this.#position = undefined;
  }
}
