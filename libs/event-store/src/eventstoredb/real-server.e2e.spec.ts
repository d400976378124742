/**
 * The same suite against a real server, where there is one: `npm run test:eventstoredb` with `EVENTSTORE_URL`. The load
 * goes on for `EVENTSTORE_LOAD_SECONDS`: time enough to kill the server and start it again, which must show nowhere.
 */
import { describe, expect, it, jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { eventStoreContract } from '../contract-suite/index.js';
import { underLoad } from '../testing/load.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEventStoreDb } from './index.js';

const url = process.env['EVENTSTORE_URL'] ?? '';
const loadSeconds = Number(process.env['EVENTSTORE_LOAD_SECONDS'] ?? 5);
jest.setTimeout(60_000 + loadSeconds * 10_000);

const whereThereIsOne = url !== '' ? describe : describe.skip;
whereThereIsOne('a real EventStoreDB', () => {
  eventStoreContract('EventStoreDB', () => openEventStoreDb({ url }));

  it(`lets commands, the notary and a follower go on for ${loadSeconds} s, whatever is done to it meanwhile`, async () => {
    const store = await openEventStoreDb({ url, readTimeoutMs: 60_000, onTrouble: ({ what, cause }) => process.stderr.write(`${what}: ${cause}\n`) });
    const report = await underLoad(store, { folder: temporaryFolder(), writers: 20, disturb: () => pause(loadSeconds * 1_000) });
    process.stderr.write(`${report.commands} commands, ${report.unknown} asked again\n`);
    expect(report).toMatchObject({ wrong: [], isFollowedExactly: true });
    expect(report.commands).toBeGreaterThan(0);
    await store.close();
  });
});
