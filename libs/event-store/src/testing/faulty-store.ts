/** A real store behind a bad line: for tests of what callers do when an answer does not come. */
import type { AppendOutcome, EventStore } from '../port.js';

/**
 * - `reply-lost`: written, and the answer is "unknown".
 * - `request-lost`: not written, and the answer is "unknown".
 */
export type Fault = 'reply-lost' | 'request-lost';

export interface FaultyStore extends EventStore {
  /** For the next appends, one each; then all is well again. */
  readonly faults: Fault[];
  /** Appends that reached the store. */
  readonly appends: { readonly stream: string; readonly ids: readonly string[] }[];
}

export function faulty(store: EventStore): FaultyStore {
  const faults: Fault[] = [];
  const appends: { stream: string; ids: readonly string[] }[] = [];
  const append: EventStore['append'] = async (stream, events, expected) => {
    const fault = faults.shift();
    const unknown: AppendOutcome = { kind: 'unknown', cause: `test: ${fault ?? ''}` };
    if (fault === 'request-lost') return unknown;
    appends.push({ stream, ids: events.map((event) => event.id) });
    const outcome = await store.append(stream, events, expected);
    return fault === 'reply-lost' ? unknown : outcome;
  };
  return {
    faults,
    appends,
    append,
    readStream: (stream, range) => store.readStream(stream, range),
    readAll: (range) => store.readAll(range),
    subscribe: (range) => store.subscribe(range),
    deleteStream: (stream) => store.deleteStream(stream),
    head: () => store.head(),
    close: () => store.close(),
  };
}
