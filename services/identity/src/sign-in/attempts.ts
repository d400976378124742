/** How often something may be tried within a time. */
export interface AttemptLimit {
  readonly most: number;
  readonly withinMs: number;
}

/** Counts tries by key, in memory: a restart forgets them, a lock does not (see locks.ts). */
export class Attempts {
  readonly #byKey = new Map<string, number[]>();

  constructor(
    private readonly clock: () => Date,
    private readonly limit: AttemptLimit,
  ) {}

  /** Seconds until the next try is taken, or 0. Counts nothing. */
  waitS(key: string): number {
    const { most, withinMs } = this.limit;
    const now = this.#now();
    const recent = this.#recent(key, now);
    const oldest = recent[recent.length - most];
    return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + withinMs - now) / 1000));
  }

  /** Counted before anything is looked at, so that many at once are no way round. */
  count(key: string): void {
    const now = this.#now();
    this.#byKey.set(key, [...this.#recent(key, now), now]);
    if (this.#byKey.size > MOST_KEYS) this.#forgetOld(now);
  }

  /** It was right: those before it were slips. */
  forget(key: string): void {
    this.#byKey.delete(key);
  }

  forgetBeginning(start: string): void {
    for (const key of this.#byKey.keys()) if (key.startsWith(start)) this.#byKey.delete(key);
  }

  /** The newest one does not count: nothing was looked at, or it was right. */
  undo(key: string): void {
    this.#byKey.get(key)?.pop();
  }

  #now(): number {
    return this.clock().getTime();
  }

  #recent(key: string, now: number): readonly number[] {
    return (this.#byKey.get(key) ?? []).filter((at) => now - at < this.limit.withinMs);
  }

  #forgetOld(now: number): void {
    for (const key of this.#byKey.keys()) if (this.#recent(key, now).length === 0) this.#byKey.delete(key);
  }
}

const MOST_KEYS = 10_000;
