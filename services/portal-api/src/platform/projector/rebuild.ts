import type { View } from '@portal/domain';
import type { EventStore, RecordedEvent } from '@portal/event-store';
import type { Generation, ViewStore } from '../view-store/port.js';
import { Foldings } from './folding.js';

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
  options: RebuildOptions = {},
): Promise<readonly Generation[]> {
  const begun: Generation[] = [];
  try {
    for (const view of views) begun.push(await store.begin(view.name, view.version));
    return await advanceGenerations(events, store, begun.map((generation, n) => [views[n] as View, generation]), options);
  } catch (error) {
    for (const generation of begun) await store.discard(generation);
    throw error;
  }
}

/** Takes generations from where they stand to the end of the log, in one read. */
export async function advanceGenerations(
  events: EventStore,
  store: ViewStore,
  generations: readonly (readonly [View, Generation])[],
  { signal, onProgress }: RebuildOptions = {},
): Promise<readonly Generation[]> {
  const foldings = new Foldings(store, generations);
  const after = earliest(generations.map(([, { checkpoint }]) => checkpoint));
  let count = 0;
  let sinceFlush = 0;
  for await (const batch of events.readAll({ ...(after !== undefined && { after }), ...(signal && { signal }) })) {
    await foldings.fold(batch);
    count += batch.length;
    sinceFlush += batch.length;
    if (sinceFlush >= store.eventsPerFlush) {
      await foldings.flush();
      sinceFlush = 0;
    }
    onProgress?.(count, (batch.at(-1) as RecordedEvent).position);
  }
  signal?.throwIfAborted();
  await foldings.flush();
  return foldings.generations;
}

/** Where to read on from so that none of them misses anything; undefined is the beginning of the log. */
export function earliest(checkpoints: readonly (string | undefined)[]): string | undefined {
  return checkpoints.includes(undefined) ? undefined : (checkpoints as readonly string[]).toSorted()[0];
}

/**
 * Where generations differ from a plain fold of the log up to their checkpoints, as `view/key`; empty where they do
 * not. Deliberately apart from `Folding`: no batches, no documents read back, nothing remembered.
 */
export async function differences(
  events: EventStore,
  store: ViewStore,
  generations: readonly (readonly [View, Generation])[],
): Promise<readonly string[]> {
  const folds = generations.map(([view, generation]) => ({ view, generation, documents: new Map<string, object>() }));
  for await (const batch of events.readAll()) {
    for (const event of batch) for (const fold of folds) foldPlainly(fold, event);
  }
  const compared = folds.map(async ({ view, generation, documents }) => {
    const kept = await store.list(view.name, generation.generation, '');
    const stored = new Map(kept.map(({ key, document }) => [key, document]));
    const keys = new Set([...documents.keys(), ...stored.keys()]);
    const different = [...keys].filter((key) => JSON.stringify(documents.get(key)) !== JSON.stringify(stored.get(key)));
    return different.map((key) => `${view.name}/${key}`);
  });
  return (await Promise.all(compared)).flat();
}

interface PlainFold {
  readonly view: View;
  readonly generation: Generation;
  readonly documents: Map<string, object>;
}

function foldPlainly({ view, generation: { checkpoint }, documents }: PlainFold, event: RecordedEvent): void {
  if (checkpoint === undefined || event.position > checkpoint) return;
  for (const key of view.keys(event)) {
    const after = view.evolve(key, documents.get(key), event);
    if (after === undefined) documents.delete(key);
    else documents.set(key, after);
  }
}
