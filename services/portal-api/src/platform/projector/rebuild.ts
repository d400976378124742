import type { View } from '@portal/domain';
import type { EventStore, RecordedEvent } from '@portal/event-store';
import type { Generation, ViewStore } from '../view-store/view-store.js';
import { flush, Folding } from './folding.js';

export interface RebuildOptions {
  readonly signal?: AbortSignal;
  /** After every batch: how many events have been folded, and up to where. */
  readonly onProgress?: (events: number, position: string) => void;
}

/** Builds new generations of these views from the beginning of the log, in one read. They are not live yet. */
export async function buildGenerations(
  events: EventStore,
  store: ViewStore,
  views: readonly View[],
  { signal, onProgress }: RebuildOptions = {},
): Promise<readonly Generation[]> {
  const foldings = views.map((view) => new Folding(view, store.begin(view.name, view.version), store));
  try {
    let count = 0;
    let sinceFlush = 0;
    for await (const batch of events.readAll(signal === undefined ? {} : { signal })) {
      for (const folding of foldings) folding.fold(batch);
      count += batch.length;
      sinceFlush += batch.length;
      if (sinceFlush >= EVENTS_PER_FLUSH) {
        flush(store, foldings);
        sinceFlush = 0;
      }
      onProgress?.(count, (batch.at(-1) as RecordedEvent).position);
    }
    signal?.throwIfAborted();
    flush(store, foldings);
  } catch (error) {
    for (const { generation } of foldings) store.discard(generation);
    throw error;
  }
  return foldings.map(({ generation }) => generation);
}

const EVENTS_PER_FLUSH = 20_000;

/** Where a generation differs from a plain fold of the log up to its checkpoint; empty where it does not. */
export async function differences(
  events: EventStore,
  store: ViewStore,
  view: View,
  { generation, checkpoint }: Generation,
): Promise<readonly string[]> {
  const folded = new Map<string, object>();
  for await (const batch of events.readAll()) {
    for (const event of batch) {
      if (checkpoint === undefined || event.position > checkpoint) break;
      for (const key of view.keys(event)) {
        const after = view.evolve(key, folded.get(key), event);
        if (after === undefined) folded.delete(key);
        else folded.set(key, after);
      }
    }
  }
  const stored = new Map(store.list(view.name, generation, '').map(({ key, document }) => [key, document]));
  const keys = new Set([...folded.keys(), ...stored.keys()]);
  return [...keys].filter((key) => JSON.stringify(folded.get(key)) !== JSON.stringify(stored.get(key)));
}
