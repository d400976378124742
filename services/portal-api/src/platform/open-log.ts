import { join } from 'node:path';
import { NOTARY } from '@portal/domain';
import { createStreams, NotaryKeyError, RecentHashes, startNotary, type EventStore, type Notary, type Streams } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import type { Config } from './config.js';
import { ConfigError } from './engines.js';
import { log } from './logging.js';
import type { NotaryHead } from './tokens.js';

/** The log, the one way to write it, and whoever signs for it. */
export interface Log {
  readonly events: EventStore;
  readonly streams: Streams;
  /** Undefined where another process signs. */
  readonly notary: Notary | undefined;
  readonly notaryHead: NotaryHead;
}

/**
 * Throws `StoreInUseError` where another process serves this data folder, `StoreUnavailableError` where no server answers,
 * and `ConfigError` where another key than the one in the data folder has signed the log.
 */
export async function openLog({ data, eventStore, roles }: Config, clock: () => Date): Promise<Log> {
  const events = await openStore(data, eventStore);
  const hashes = new RecentHashes();
  const streams = createStreams(events, { clock, hashes });
  if (!roles.has('projector')) return { events, streams, notary: undefined, notaryHead: headIn(events) };
  const files = { keyFile: join(data, 'notary.key'), logFile: join(data, 'notary.jsonl') };
  const notary = await startNotary(events, { streams, hashes, ...files }).catch(ownKeyOnly);
  return { events, streams, notary, notaryHead: async () => headOf(notary.latestHead()) };
}

/** The key lies in the data folder: the wrong one is the wrong folder, or was lost. */
function ownKeyOnly(error: unknown): never {
  throw error instanceof NotaryKeyError ? new ConfigError(`PORTAL_DATA: ${error.message}`) : error;
}

async function openStore(data: string, url: string | undefined): Promise<EventStore> {
  if (url === undefined) return openEmbeddedStore({ file: join(data, 'events.db') });
  // Only where it is used: it takes longer to load than the rest of a start.
  const { openEventStoreDb } = await import('@portal/event-store/eventstoredb');
  try {
    return await openEventStoreDb({ url, onTrouble: ({ what, cause }) => log.warn({ what, cause }, 'the event store was interrupted') });
  } catch (error) {
    throw error instanceof TypeError ? new ConfigError(`EVENTSTORE_URL: ${error.message}`) : error;
  }
}

/** What the notary of another process signed last. */
const headIn = (events: EventStore): NotaryHead => async () => {
  const read = await events.readStream(NOTARY, { backwards: true, limit: 1 });
  return headOf(read.kind === 'found' ? (read.events[0]?.data as unknown as Head) : undefined);
};

type Head = Awaited<ReturnType<NotaryHead>>;

const headOf = (signed: Head): Head => (signed === undefined ? undefined : { position: signed.position, hash: signed.hash });
