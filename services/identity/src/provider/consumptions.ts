import { createHash } from 'node:crypto';
import type { Database } from '../platform/database.js';

/**
 * Each refresh token is used once. Where its answer was lost on the way, the same device may present it once more within
 * ten seconds, and what was issued the first time is void. Presented again after that, or by anybody else, it has been
 * copied: the sign-in ends.
 */
export class Consumptions {
  readonly #find;
  readonly #consume;
  readonly #repeat;
  readonly #void;

  constructor(
    database: Database,
    private readonly clock: () => Date,
  ) {
    this.#find = database.prepare("SELECT payload, grant_id FROM provider WHERE model = 'RefreshToken' AND id = ?");
    this.#consume = database.prepare(`
      UPDATE provider SET payload = json_set(payload, '$.consumed', ?, '$.consumedMs', ?)
      WHERE model = 'RefreshToken' AND id = ? AND json_extract(payload, '$.consumed') IS NULL`);
    this.#repeat = database.prepare(`
      UPDATE provider SET payload = json_set(payload, '$.repeated', 1)
      WHERE model = 'RefreshToken' AND id = ? AND json_extract(payload, '$.repeated') IS NULL`);
    this.#void = database.prepare(`
      DELETE FROM provider WHERE model = 'RefreshToken' AND grant_id = ? AND json_extract(payload, '$.consumed') IS NULL`);
  }

  /** A token that is bound to no device is never asked for twice. */
  mayRepeat(id: string): boolean {
    const { consumedMs, repeated, jkt } = this.#row(id) ?? {};
    if (typeof consumedMs !== 'number' || repeated !== undefined || typeof jkt !== 'string') return false;
    return this.clock().getTime() - consumedMs <= GRACE_MS;
  }

  /** False where it was used before: of many at the same moment one is the first. */
  consume(id: string): boolean {
    const now = this.clock().getTime();
    if (this.#consume.run(Math.floor(now / 1000), now, id).changes === 1) return true;
    const grantId = this.#find.get(id)?.['grant_id'];
    if (!this.mayRepeat(id) || typeof grantId !== 'string' || this.#repeat.run(id).changes !== 1) return false;
    this.#void.run(grantId);
    return true;
  }

  /** The grant of a token that has been used; undefined where it has not. */
  grantOfConsumed(token: string): string | undefined {
    const id = createHash('sha256').update(token).digest('hex');
    const grantId = this.#find.get(id)?.['grant_id'];
    return typeof grantId === 'string' && this.#row(id)?.['consumed'] !== undefined ? grantId : undefined;
  }

  #row(id: string): Record<string, unknown> | undefined {
    const row = this.#find.get(id);
    return row === undefined ? undefined : (JSON.parse(String(row['payload'])) as Record<string, unknown>);
  }
}

const GRACE_MS = 10_000;
