import type { EventStore, RecordedEvent } from '@portal/event-store';
import type { Generation } from '../view-store/port.js';

/** Which event was folded last, so that another log in the place of the one it stood in can be told from it. */
export const noted = ({ position, id, stream, revision }: RecordedEvent): string => JSON.stringify([position, id, stream, revision]);

/**
 * Whether the log still holds, where this generation stands, the event that it saw there: a log that was put back from a
 * backup has none there, or another. What was not written down, or was erased since, says nothing against it.
 */
export async function isOfLog(events: EventStore, { checkpoint, lastEvent }: Generation): Promise<boolean> {
  if (checkpoint === undefined || lastEvent === undefined) return true;
  const [position, id, stream, revision] = JSON.parse(lastEvent) as [string, string, string, number];
  // Moved on since by a release that did not write it down.
  if (position !== checkpoint) return true;
  const read = await events.readStream(stream, { limit: 1, ...(revision > 0 && { after: revision - 1 }) });
  if (read.kind === 'deleted') return checkpoint <= ((await events.head()) ?? '');
  const [found] = read.kind === 'found' ? read.events : [];
  return found !== undefined && found.id === id && found.position === position;
}

/** Most stand at the same event, which is looked for once. */
export async function areOfLog(events: EventStore, generations: readonly Generation[]): Promise<boolean> {
  const places = new Map(generations.map((one) => [`${one.checkpoint} ${one.lastEvent}`, one]));
  for (const one of places.values()) if (!(await isOfLog(events, one))) return false;
  return true;
}

export const FOREIGN = 'the views were folded from another log than this one, and must be built again';
