import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../platform/database.js';

/** On which devices somebody has signed in before. Each holds a random token, and only its hash is kept. */
export class KnownDevices {
  readonly #find;
  readonly #insert;

  constructor(
    database: Database,
    private readonly clock: () => Date,
  ) {
    this.#find = database.prepare('SELECT 1 FROM known_devices WHERE hash = ? AND account = ?');
    this.#insert = database.prepare(
      'INSERT INTO known_devices VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at',
    );
  }

  /** Asked for accounts that there are not, too: it must take as long. */
  isKnown(token: string | undefined, account: string | undefined): boolean {
    return this.#find.get(hashOf(token ?? ''), account ?? '') !== undefined;
  }

  /** The token that the device shows from now on. */
  remember(token: string | undefined, account: string): string {
    const kept = token ?? randomBytes(32).toString('base64url');
    this.#insert.run(hashOf(kept), account, this.clock().getTime());
    return kept;
  }
}

export const DEVICE_COOKIE = 'portal_device';

/** What the device shows; undefined where it is nothing that was given out here. */
export function deviceTokenIn(cookies: string): string | undefined {
  return new RegExp(`(?:^|; *)${DEVICE_COOKIE}=([\\w-]{43})(?:;|$)`).exec(cookies)?.[1];
}

export function deviceCookie(token: string, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${DEVICE_COOKIE}=${token}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${LIFE_S}${secure}`;
}

const LIFE_S = 400 * 24 * 60 * 60;

/** Fast hashing is enough: a token is 256 random bits. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
