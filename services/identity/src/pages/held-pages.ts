import type { Page, Scene } from './layout.js';

type Drawn = (scene: Scene) => Page;

interface Held {
  readonly name: string;
  readonly draw: Drawn;
  readonly endsAt: number;
}

/**
 * What is made once and may be loaded again, or in the other language: one page of each sign-in, in memory alone, until
 * its person has left it.
 */
export class HeldPages {
  readonly #held = new Map<string, Held>();

  constructor(private readonly clock: () => Date) {}

  hold(session: string, name: string, draw: Drawn): void {
    const now = this.clock().getTime();
    for (const [other, { endsAt }] of this.#held) if (endsAt <= now) this.#held.delete(other);
    this.#held.set(session, { name, draw, endsAt: now + LIFE_MS });
  }

  find(session: string, name: string): Drawn | undefined {
    const held = this.#held.get(session);
    return held?.name === name && held.endsAt > this.clock().getTime() ? held.draw : undefined;
  }

  forget(session: string): void {
    this.#held.delete(session);
  }
}

/** As long as a pairing code holds. */
const LIFE_MS = 10 * 60_000;
