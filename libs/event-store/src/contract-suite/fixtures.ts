import { randomUUID } from 'node:crypto';
import type {
  AllRange,
  AppendOutcome,
  EventFilter,
  EventStore,
  NewEvent,
  RecordedEvent,
  StreamRange,
  SubscriptionMessage,
} from '../port.js';

/** Every test writes streams of its own: the store may be shared, old and full of others' events. */
export function freshName(prefix = 'contract'): string {
  return `${prefix}-${randomUUID().slice(0, 13)}`;
}

export function event(
  type = 'Tested',
  data: NewEvent['data'] = { n: 1 },
  id: string = randomUUID(),
): NewEvent {
  return { id, type, data, metadata: { actor: 'contract', schema: 1 } };
}

export const events = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, n) => event('Tested', { n }));

export function appended(outcome: AppendOutcome): AppendOutcome & { kind: 'appended' } {
  if (outcome.kind !== 'appended') throw new Error(`expected an append, got ${JSON.stringify(outcome)}`);
  return outcome;
}

export async function eventsOf(
  store: EventStore,
  stream: string,
  range?: StreamRange,
): Promise<readonly RecordedEvent[]> {
  const read = await store.readStream(stream, range);
  if (read.kind !== 'found') throw new Error(`expected the stream ${stream}, got ${read.kind}`);
  return read.events;
}

export const revisionsOf = (found: readonly RecordedEvent[]): readonly number[] =>
  found.map((e) => e.revision);

export async function all(store: EventStore, range: AllRange): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const batch of store.readAll(range)) found.push(...batch);
  return found;
}

export interface Listening {
  readonly messages: readonly SubscriptionMessage[];
  readonly events: () => readonly RecordedEvent[];
  /** Resolves when it holds; fails after 10 s. */
  readonly until: (holds: (messages: readonly SubscriptionMessage[]) => boolean) => Promise<void>;
  /** Resolves when the subscription has ended. */
  readonly stop: () => Promise<void>;
}

export function listen(store: EventStore, filter: EventFilter | undefined, after?: string): Listening {
  const abort = new AbortController();
  const messages: SubscriptionMessage[] = [];
  let changed = Promise.withResolvers<void>();
  const range = { signal: abort.signal, ...(filter && { filter }), ...(after !== undefined && { after }) };
  const ended = (async () => {
    for await (const message of store.subscribe(range)) {
      messages.push(message);
      changed.resolve();
    }
  })();
  return {
    messages,
    events: () => messages.flatMap((message) => (message.kind === 'events' ? message.events : [])),
    until: async (holds) => {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error('a minute without it')), 60_000);
      try {
        while (!holds(messages)) {
          changed = Promise.withResolvers<void>();
          await Promise.race([changed.promise, late.promise, ended]);
        }
      } finally {
        clearTimeout(timer);
      }
    },
    stop: () => {
      abort.abort();
      return ended;
    },
  };
}

export const isCaughtUp = (messages: readonly SubscriptionMessage[]): boolean =>
  messages.some((m) => m.kind === 'caught-up');

export const countOf = (messages: readonly SubscriptionMessage[]): number =>
  messages.reduce((sum, message) => sum + (message.kind === 'events' ? message.events.length : 0), 0);
