import { CheckpointMovedError, type Generation, type ViewStore } from '../view-store/port.js';

/** Whether what is followed is still what is read: another process may have swapped it, and a Redis may have been emptied. */
export class LiveWatch {
  readonly #gone = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly store: ViewStore,
    private readonly followed: readonly Generation[],
  ) {
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  /** Aborts with the reason why it cannot be gone on with. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      const live = (await this.store.generations()).filter(({ state }) => state === 'live');
      const swapped = this.followed.find(({ view, generation }) => !live.some((one) => one.view === view && one.generation === generation));
      if (swapped !== undefined) this.#gone.abort(new CheckpointMovedError(swapped.view, swapped.generation));
    } catch (error) {
      this.#gone.abort(error);
    }
  }
}

const LOOK_EVERY_MS = 1_000;
