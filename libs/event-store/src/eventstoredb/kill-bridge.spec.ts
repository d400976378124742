import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendOutcome, EventStore, Expected, NewEvent } from '../port.js';
import { startBridgeProcess, type BridgeProcess } from '../testing/bridge-process.js';
import { findLosses } from '../testing/kill-round.js';
import { underLoad } from '../testing/load.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEventStoreDb } from './index.js';

/** `PORTAL_KILL_ROUNDS` for a soak. */
const ROUNDS = Number(process.env['PORTAL_KILL_ROUNDS'] ?? 3);

let bridge: BridgeProcess;
beforeEach(async () => {
  bridge = await startBridgeProcess({ folder: temporaryFolder() });
});
afterEach(() => bridge.stop());

/** Killed, frozen and continued, or away for a while, each time at another moment of the work. */
async function disturb(doneSoFar: () => number): Promise<void> {
  for (let n = 0; n < ROUNDS; n++) {
    await untilMore(doneSoFar);
    await pause((n * 37) % 150);
    if (n % 3 === 1) await freeze();
    else await bridge.kill();
    if (n % 3 === 2) await pause(400);
    if (n % 3 !== 1) await bridge.restart();
  }
  await untilMore(doneSoFar);
}

async function untilMore(doneSoFar: () => number): Promise<void> {
  for (const before = doneSoFar(); doneSoFar() < before + 30;) await pause(5);
}

/** Longer than an answer is waited for. */
async function freeze(): Promise<void> {
  process.kill(bridge.pid, 'SIGSTOP');
  await pause(900);
  process.kill(bridge.pid, 'SIGCONT');
}

const settings = { answerTimeoutMs: 500, watchdogMs: 400, appendTimeoutMs: 10_000, readTimeoutMs: 20_000 };

describe('the server is killed -9, frozen and restarted', () => {
  it(`loses nothing acknowledged, repeats nothing and leaves no half append, ${ROUNDS} times under 30 writers`, async () => {
    const store = await openEventStoreDb({ url: bridge.url, ...settings });
    const lines: string[] = [];
    const writers = Array.from({ length: 30 }, () => writePairs(store, lines));
    await disturb(() => lines.length);
    await Promise.all(writers.map((stop) => stop()));
    const losses = await findLosses(store, lines);
    expect(losses).toMatchObject({ missing: [], repeated: [], halfWritten: [] });
    expect(losses.acknowledged).toBeGreaterThanOrEqual(60 * ROUNDS);
    await store.close();
  }, 60_000 + ROUNDS * 10_000);

  it('finds out a store that acknowledges what it has only sent', async () => {
    const store = await openEventStoreDb({ url: bridge.url, ...settings, appendTimeoutMs: 100 });
    const lines: string[] = [];
    const send = async (): Promise<void> => {
      const pair = [event(), event()];
      lines.push(`control ${pair[0]!.id} ${pair[1]!.id}`);
      await store.append(`control-${randomUUID()}`, pair, 'no-stream');
    };
    const sent = Array.from({ length: 20 }, send);
    await bridge.kill();
    sent.push(...Array.from({ length: 20 }, send));
    await Promise.all(sent);
    await bridge.restart();
    const losses = await findLosses(store, lines);
    expect(losses.missing.length).toBeGreaterThan(0);
    expect(losses).toMatchObject({ repeated: [], halfWritten: [] });
    await store.close();
  });

  it(`lets commands, the notary and a follower go on as if nothing had happened, ${ROUNDS} times`, async () => {
    const store = await openEventStoreDb({ url: bridge.url, ...settings });
    const report = await underLoad(store, { folder: temporaryFolder(), writers: 10, disturb });
    expect(report).toMatchObject({ wrong: [], isFollowedExactly: true, verification: { kind: 'intact' } });
    expect(report.commands).toBeGreaterThanOrEqual(30 * ROUNDS);
    await store.close();
  }, 60_000 + ROUNDS * 10_000);
});

/** Appends pairs to a stream of its own; asks again while nobody knows. A line `stream id id` for each acknowledged. */
function writePairs(store: EventStore, lines: string[]): () => Promise<void> {
  const stream = `writer-${randomUUID()}`;
  let stopped = false;
  const writing = (async () => {
    for (let expected: Expected = 'no-stream'; !stopped;) {
      const pair = [event(), event()];
      const outcome = await settle(store, stream, pair, expected);
      if (outcome.kind !== 'appended') throw new Error(`answered ${JSON.stringify(outcome)}`);
      lines.push(`${stream} ${pair[0]!.id} ${pair[1]!.id}`);
      expected = outcome.revision;
    }
  })();
  return () => {
    stopped = true;
    return writing;
  };
}

async function settle(store: EventStore, stream: string, pair: readonly NewEvent[], expected: Expected): Promise<AppendOutcome> {
  for (;;) {
    const outcome = await store.append(stream, pair, expected);
    if (outcome.kind !== 'unknown') return outcome;
  }
}

const event = (): NewEvent => ({ id: randomUUID(), type: 'Written', data: { text: 'x'.repeat(200) }, metadata: {} });
