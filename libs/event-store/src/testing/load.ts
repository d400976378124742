/**
 * What stands above the port, at work while the store below it is disturbed: commands, the notary, and somebody who
 * follows. Afterwards everything must be as if nothing had happened.
 */
import { createPublicKey, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTARY } from '@portal/domain';
import { createStreams } from '../handle/create-streams.js';
import { startNotary } from '../notary/notary.js';
import { verifyLog, type Verification } from '../notary/verify.js';
import type { EventStore, RecordedEvent } from '../port.js';
import { contextOf, counter } from './counter.js';

export interface LoadReport {
  readonly commands: number;
  /** Asked again because nobody knew. */
  readonly unknown: number;
  /** Commands whose event stands not once in the log: acknowledged and missing, or recorded twice. */
  readonly wrong: readonly string[];
  /** What the follower was given against what the log holds, in order. */
  readonly isFollowedExactly: boolean;
  /** Undefined where another notary had signed in this log. */
  readonly verification: Verification | undefined;
}

export interface LoadOptions {
  /** For the notary's key and journal. */
  readonly folder: string;
  readonly writers: number;
  /** Resolves when it is enough. */
  readonly disturb: (commandsSoFar: () => number) => Promise<void>;
}

export async function underLoad(store: EventStore, { folder, writers, disturb }: LoadOptions): Promise<LoadReport> {
  const prefix = `load-${randomUUID().slice(0, 8)}`;
  const [keyFile, logFile] = [join(folder, 'notary.key'), join(folder, 'notary.jsonl')];
  const streams = createStreams(store, { clock: () => new Date() });
  const isOurs = (await store.readStream(NOTARY, { limit: 1 })).kind === 'no-stream';
  const notary = isOurs ? await startNotary(store, { streams, keyFile, logFile, everyEvents: 200, everyMs: 500 }) : undefined;
  const follower = follow(store, prefix);
  const count = { commands: 0, unknown: 0 };
  const done: string[] = [];
  let isEnough = false;
  const write = async (stream: string): Promise<void> => {
    for (let n = 0; !isEnough; n++) {
      // A new stream now and then: the counter ends at a hundred.
      const name = `${stream}-${Math.floor(n / 100)}`;
      const context = contextOf();
      for (let isKnown = false; !isKnown;) {
        const handled = await streams.handle(counter, name, 1, context);
        isKnown = handled.kind === 'recorded';
        if (handled.kind === 'failed' && handled.reason === 'unknown') count.unknown += 1;
        else if (!isKnown) throw new Error(`a command was answered ${JSON.stringify(handled)}`);
      }
      count.commands += 1;
      done.push(context.commandId);
    }
  };
  const writing = Array.from({ length: writers }, (_, n) => write(`${prefix}-${n}`));
  try {
    await disturb(() => count.commands);
  } finally {
    isEnough = true;
  }
  await Promise.all(writing);
  await notary?.stop();
  const log = await read(store, prefix);
  await follower.until(log.length);
  const times = new Map<string, number>();
  for (const { metadata } of log) times.set(String(metadata['commandId']), (times.get(String(metadata['commandId'])) ?? 0) + 1);
  return {
    ...count,
    wrong: [...done.filter((id) => times.get(id) !== 1), ...[...times].filter(([, n]) => n > 1).map(([id]) => id)],
    isFollowedExactly: positions(await follower.stop()) === positions(log),
    verification: isOurs ? await verifyLog(store, { publicKey: createPublicKey(readFileSync(keyFile)), logFile }) : undefined,
  };
}

const positions = (events: readonly RecordedEvent[]): string => events.map(({ position }) => position).join();

async function read(store: EventStore, prefix: string): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const batch of store.readAll({ filter: { streamPrefixes: [prefix] } })) found.push(...batch);
  return found;
}

function follow(store: EventStore, prefix: string) {
  const abort = new AbortController();
  const seen: RecordedEvent[] = [];
  const following = (async () => {
    for await (const message of store.subscribe({ filter: { streamPrefixes: [prefix] }, signal: abort.signal }))
      if (message.kind === 'events') seen.push(...message.events);
  })();
  return {
    until: async (count: number): Promise<void> => {
      for (const untilMs = performance.now() + 30_000; seen.length < count && performance.now() < untilMs;)
        await Promise.race([following, new Promise((resolve) => setTimeout(resolve, 20))]);
    },
    stop: async (): Promise<readonly RecordedEvent[]> => {
      abort.abort();
      await following;
      return seen;
    },
  };
}
