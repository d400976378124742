import type { Database } from '../platform/database.js';

/** A set-up that was begun and is not finished. Whoever began it may be the one who is put out: it is begun anew. */
export function forgetBegun(database: Database, account: string): void {
  for (const table of ['factor_proposals', 'pairings']) {
    database.prepare(`DELETE FROM ${table} WHERE account = ?`).run(account);
  }
}
