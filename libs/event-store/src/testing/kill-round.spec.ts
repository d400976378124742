import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { openEmbeddedStore } from '../embedded/index.js';
import { findLosses, killAfter, startWriters, type Losses, type WriterBehaviour } from './kill-round.js';
import { temporaryFolder } from './temporary-folder.js';

/** `PORTAL_KILL_ROUNDS` for a soak. */
const ROUNDS = Number(process.env['PORTAL_KILL_ROUNDS'] ?? 20);

async function round(file: string, behaviour: WriterBehaviour, ms: number): Promise<readonly string[]> {
  const lines = await killAfter(startWriters(file, behaviour), ms);
  // Opened at once: the kernel has freed the lock with the process.
  await (await openEmbeddedStore({ file })).close();
  return lines;
}

async function lossesIn(file: string, lines: readonly string[]): Promise<Losses> {
  const store = await openEmbeddedStore({ file });
  try {
    return await findLosses(store, lines);
  } finally {
    await store.close();
  }
}

describe('kill -9 under 50 writers', () => {
  it(`loses nothing acknowledged, repeats nothing and leaves no half append, ${ROUNDS} times on one file`, async () => {
    const file = join(temporaryFolder(), 'events.db');
    const lines: string[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      const said = await round(file, 'honest', 10 + ((n * 37) % 150));
      expect(said.length).toBeGreaterThan(0);
      lines.push(...said);
    }
    // Of every round: a later one takes nothing away either.
    expect(await lossesIn(file, lines)).toMatchObject({ missing: [], repeated: [], halfWritten: [] });
  }, 600_000);

  it('finds out a store that acknowledges before it commits', async () => {
    const file = join(temporaryFolder(), 'events.db');
    let missing = 0;
    for (let n = 0; n < 5 && missing === 0; n++)
      missing = (await lossesIn(file, await round(file, 'acknowledges-before-commit', 30 + n))).missing.length;
    expect(missing).toBeGreaterThan(0);
  });
});
