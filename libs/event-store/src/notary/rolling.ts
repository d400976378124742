/** What a checkpoint stands for: one hash over the hashes of all events so far, in the order of the log. */
import { NOTARY } from '@portal/domain';
import { hashEvent, sha256 } from '../chain.js';
import type { Position, RecordedEvent } from '../port.js';

export interface Covered {
  /** Of the last event covered. */
  readonly position: Position;
  readonly count: number;
  /** Hex SHA-256. Over event hashes, so that one event can be proven later without showing the others. */
  readonly hash: string;
}

/** Streams that may be deleted for good; a hash over them could never be checked again. */
export const ERASABLE_PREFIXES: readonly string[] = ['candidate-', 'person-', 'text-'];

/** The notary's own events are left out too: each is signed, and one alone is no reason for the next. */
export function isCovered(event: RecordedEvent, erasable: readonly string[]): boolean {
  return event.stream !== NOTARY && !erasable.some((prefix) => event.stream.startsWith(prefix));
}

export function cover(
  covered: Covered | undefined,
  event: RecordedEvent,
  hash: string = hashEvent(event),
): Covered {
  return {
    position: event.position,
    count: (covered?.count ?? 0) + 1,
    hash: sha256((covered?.hash ?? '') + hash),
  };
}
