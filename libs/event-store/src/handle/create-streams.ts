import type { Decider } from '@portal/domain';
import { RecentHashes } from '../chain.js';
import type { EventStore } from '../port.js';
import type { CommandContext, DomainEvent, Handled, StreamState, Streams } from '../streams.js';
import { FoldCache, type AnyDecider } from './folded.js';
import { settle, type Entry, type Settling } from './settle.js';
import { StreamReader } from './stream-reader.js';

export interface StreamsOptions {
  /** For `recordedAt`. */
  readonly clock: () => Date;
  /** Events of all streams kept folded in memory, at most. */
  readonly cachedEvents?: number;
  /** Where the hashes of what is recorded are told, for the notary. */
  readonly hashes?: RecentHashes;
}

export function createStreams(store: EventStore, options: StreamsOptions): Streams {
  const { clock, cachedEvents = 400_000, hashes = new RecentHashes() } = options;
  const reader = new StreamReader(store, new FoldCache(cachedEvents));
  const mailboxes = new Map<string, Entry[]>();
  const settling: Settling = { store, reader, clock, hashes };

  /** One at a time for a stream: what arrives meanwhile is decided and appended together. */
  const serve = async (stream: string, mailbox: Entry[]): Promise<void> => {
    while (mailbox.length > 0) {
      const entries = mailbox.splice(0, MOST_AT_ONCE);
      mailbox.unshift(...(await settle(settling, stream, entries)));
    }
    mailboxes.delete(stream);
  };

  const deliver = (stream: string, entry: Entry): void => {
    const mailbox = mailboxes.get(stream);
    if (mailbox) {
      mailbox.push(entry);
      return;
    }
    const opened = [entry];
    mailboxes.set(stream, opened);
    // Commands of the same tick go together from the first on.
    queueMicrotask(() => void serve(stream, opened));
  };

  return {
    handle: <Command, Event extends DomainEvent, State, Refusal>(
      decider: Decider<Command, Event, State, Refusal>,
      stream: string,
      command: Command,
      context: CommandContext,
    ) =>
      new Promise<Handled<State, Refusal>>((resolve, reject) => {
        const answer = resolve as (handled: Handled<unknown, unknown>) => void;
        deliver(stream, { decider: decider as unknown as AnyDecider, command, context, answer, reject });
      }),
    load: async <Command, Event extends DomainEvent, State, Refusal>(
      decider: Decider<Command, Event, State, Refusal>,
      stream: string,
    ) => (await reader.load(stream, decider as unknown as AnyDecider)) as StreamState<State>,
  };
}

const MOST_AT_ONCE = 500;
