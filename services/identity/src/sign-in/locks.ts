import type { Locked } from '@portal/domain';
import type { Database } from '../platform/database.js';

/** Whose password is tried, and from where; all keyed hashes. */
export interface Target {
  readonly name: string;
  readonly place: string;
  /** Somebody has signed in to this account there before. */
  readonly isKnownPlace: boolean;
}

/**
 * Locks after wrong passwords, kept over restarts. A place (an address, or a device that signed in before) is locked for
 * itself. Wrong passwords from many places lock the account for places that are new to it, never for known ones: so no
 * stranger keeps a person out of where they work. What is tried while locked is not counted, so it lengthens nothing.
 */
export class Locks {
  readonly #find;
  readonly #put;
  readonly #delete;
  readonly #deleteName;

  constructor(
    database: Database,
    private readonly clock: () => Date,
  ) {
    this.#find = database.prepare('SELECT failures, last_at, locked_until FROM locks WHERE name = ? AND place = ?');
    this.#put = database.prepare('INSERT OR REPLACE INTO locks VALUES (?, ?, ?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM locks WHERE name = ? AND place = ?');
    this.#deleteName = database.prepare('DELETE FROM locks WHERE name = ?');
  }

  isLocked({ name, place, isKnownPlace }: Target): boolean {
    const now = this.clock().getTime();
    const here = this.#row(name, place).lockedUntil > now;
    return here || (!isKnownPlace && this.#row(name, NEW_PLACES).lockedUntil > now);
  }

  /** Counts a wrong password; gives the lock that it leads to. */
  refused({ name, place, isKnownPlace }: Target): Locked | undefined {
    const here = this.#count(name, place, WRONG_IN_ONE_PLACE);
    const anywhere = isKnownPlace ? undefined : this.#count(name, NEW_PLACES, WRONG_IN_NEW_PLACES);
    if (anywhere !== undefined) return { scope: 'new-places', until: new Date(anywhere).toISOString() };
    return here === undefined ? undefined : { scope: 'place', until: new Date(here).toISOString() };
  }

  /** Tried while it is locked: nothing is counted, and as much is written as where it is, or the time would tell. */
  passedOver({ name, place, isKnownPlace }: Target): undefined {
    for (const one of isKnownPlace ? [place] : [place, NEW_PLACES]) {
      const { failures, lastAt, lockedUntil } = this.#row(name, one);
      this.#put.run(name, one, failures, lastAt, lockedUntil);
    }
  }

  /** The password was right there. Strangers' tries from elsewhere still count. */
  succeeded({ name, place }: Target): void {
    this.#delete.run(name, place);
  }

  unlock(name: string): void {
    this.#deleteName.run(name);
  }

  #count(name: string, place: string, most: number): number | undefined {
    const now = this.clock().getTime();
    const { failures, lastAt, lockedUntil } = this.#row(name, place);
    if (lockedUntil > now) {
      this.#put.run(name, place, failures, lastAt, lockedUntil);
      return undefined;
    }
    const count = now - lastAt > FORGOTTEN_AFTER_MS ? 1 : failures + 1;
    const until = count < most ? 0 : now + Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - most));
    this.#put.run(name, place, count, now, until);
    return until === 0 ? undefined : until;
  }

  #row(name: string, place: string): { failures: number; lastAt: number; lockedUntil: number } {
    const row = this.#find.get(name, place) ?? {};
    const number = (column: string): number => Number(row[column] ?? 0);
    return { failures: number('failures'), lastAt: number('last_at'), lockedUntil: number('locked_until') };
  }
}

const NEW_PLACES = 'new';
const WRONG_IN_ONE_PLACE = 10;
const WRONG_IN_NEW_PLACES = 50;
/** Each wrong password after a lock locks for twice as long, up to the longest. */
const FIRST_MS = 60_000;
const LONGEST_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;
