/** How often a name may be tried: after five wrong passwords within a minute the next must wait. */
export class Attempts {
  readonly #byName = new Map<string, number[]>();

  constructor(private readonly clock: () => Date) {}

  /** Counted before the password is looked at, so that many at once are no way round. Seconds to wait, or 0. */
  begin(name: string): number {
    const now = this.clock().getTime();
    const recent = (this.#byName.get(name) ?? []).filter((at) => now - at < WITHIN_MS);
    const [oldest] = recent;
    if (recent.length >= MOST && oldest !== undefined) return Math.max(1, Math.ceil((oldest + WITHIN_MS - now) / 1000));
    this.#byName.set(name, [...recent, now]);
    if (this.#byName.size > MOST_NAMES) this.#forgetOld(now);
    return 0;
  }

  /** The password was right. */
  forget(name: string): void {
    this.#byName.delete(name);
  }

  /** The newest one was no try at all: nothing was looked at. */
  undo(name: string): void {
    this.#byName.get(name)?.pop();
  }

  #forgetOld(now: number): void {
    for (const [name, times] of this.#byName) {
      if (times.every((at) => now - at >= WITHIN_MS)) this.#byName.delete(name);
    }
  }
}

const MOST = 5;
const WITHIN_MS = 60_000;
const MOST_NAMES = 10_000;
