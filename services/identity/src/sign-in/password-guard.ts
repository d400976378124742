import type { Locked } from '@portal/domain';
import type { Secrets } from '../platform/secrets.js';
import { Attempts } from './attempts.js';
import type { KnownDevices } from './known-devices.js';
import type { Locks, Target } from './locks.js';

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  /** The token that the device shows. */
  readonly device: string | undefined;
}

/** One password that is tried. `waitS` > 0: it is not looked at. `isLocked`: it is looked at, and wrong in any case. */
export interface PasswordTry {
  readonly waitS: number;
  readonly isLocked: boolean;
  /** It was not looked at. */
  readonly undo: () => void;
  readonly succeeded: () => void;
  /** Gives the lock that it leads to. */
  readonly refused: () => Locked | undefined;
}

/**
 * How often passwords are tried: by account and place, by address, and by everybody together. Only what fails counts, so
 * a school whose people all come from one address is not kept waiting by its own numbers.
 */
export class PasswordGuard {
  readonly #byTarget;
  readonly #byAddress;
  readonly #byAll;

  constructor(
    private readonly parts: { readonly secrets: Secrets; readonly locks: Locks; readonly devices: KnownDevices },
    clock: () => Date,
  ) {
    this.#byTarget = new Attempts(clock, { most: 5, withinMs: 60_000 });
    this.#byAddress = new Attempts(clock, { most: 300, withinMs: 600_000 });
    this.#byAll = new Attempts(clock, { most: 1000, withinMs: 60_000 });
  }

  begin(username: string, account: string | undefined, origin: Origin): PasswordTry {
    const { locks } = this.parts;
    const target = this.#target(username, account, origin);
    const counted = this.#counted(target, origin);
    const waitS = Math.max(...counted.map(([limit, key]) => limit.waitS(key)));
    if (waitS === 0) for (const [limit, key] of counted) limit.count(key);
    const isLocked = locks.isLocked(target);
    const undo = (): void => counted.forEach(([limit, key]) => limit.undo(key));
    return {
      waitS,
      isLocked,
      undo,
      succeeded: () => {
        undo();
        this.#byTarget.forget(keyOf(target));
        locks.succeeded(target);
      },
      refused: () => (isLocked ? locks.passedOver(target) : locks.refused(target)),
    };
  }

  /** By an administrator: for every place. */
  unlock(username: string): void {
    const name = this.#hash('name', username);
    this.parts.locks.unlock(name);
    this.#byTarget.forgetBeginning(`${name} `);
  }

  #counted(target: Target, { address }: Origin): readonly (readonly [Attempts, string])[] {
    const own = [this.#byTarget, keyOf(target)] as const;
    // A device that signed in before is counted for itself alone.
    return target.isKnownPlace ? [own] : [own, [this.#byAddress, address], [this.#byAll, '']];
  }

  #target(username: string, account: string | undefined, { address, device }: Origin): Target {
    const isKnownPlace = this.parts.devices.isKnown(device, account);
    const place = isKnownPlace ? `device ${device}` : `address ${address}`;
    return { name: this.#hash('name', username), place: this.#hash('place', place), isKnownPlace };
  }

  #hash(purpose: 'name' | 'place', text: string): string {
    return this.parts.secrets.keyed(purpose, text).toString('hex');
  }
}

const keyOf = ({ name, place }: Target): string => `${name} ${place}`;
