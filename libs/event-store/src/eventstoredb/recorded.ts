import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { EventData, EventFilter, Position, RecordedEvent } from '../port.js';
import { toPosition } from './position.js';

export type Read = ResolvedEvent | AllStreamResolvedEvent;

/** Links are not followed, so a link is an event of the system like any other. */
export function placeOf(read: Read): Position {
  const event = read.event ?? read.link;
  if (!event?.position) throw new Error('the server gave an event without its position: it is older than 22.6');
  return toPosition(event.position);
}

/**
 * Undefined for what is nobody's business: events of the system, and what others wrote in another form than the port
 * can hold (bytes, no object). It moves the position all the same.
 */
export function toRecorded({ event }: Read, position: Position): RecordedEvent | undefined {
  if (!event || event.type.startsWith('$') || event.streamId.startsWith('$')) return undefined;
  if (!event.isJson || !isObject(event.data)) return undefined;
  const metadata = isObject(event.metadata) ? (event.metadata as EventData) : {};
  return {
    id: event.id,
    type: event.type,
    data: event.data as EventData,
    metadata,
    stream: event.streamId,
    revision: Number(event.revision),
    position,
  };
}

export function passes(event: RecordedEvent, filter: EventFilter | undefined): boolean {
  if (!filter) return true;
  if (filter.eventTypes && !filter.eventTypes.includes(event.type)) return false;
  return filter.streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
