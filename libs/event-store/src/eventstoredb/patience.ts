/** Trying again, with pauses that grow and never fall into step with those of others. */
import { setTimeout as pause } from 'node:timers/promises';

const SHORTEST_MS = 50;
const LONGEST_MS = 1_000;

export class Patience {
  #pauseMs = SHORTEST_MS;

  /** All is well again. */
  reset(): void {
    this.#pauseMs = SHORTEST_MS;
  }

  nextPauseMs(): number {
    const ms = this.#pauseMs * (0.5 + Math.random() / 2);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_MS);
    return ms;
  }

  async wait(signal?: AbortSignal): Promise<void> {
    // Whoever aborts looks at the signal.
    await pause(this.nextPauseMs(), undefined, signal && { signal }).catch(() => undefined);
  }
}
