/**
 * The hash of an event: SHA-256 over canonical JSON of what its writer decided, never of what a store added
 * (position, time). Each event's metadata carries the hash of its stream's previous event as `prevHash`.
 */
import { hash } from 'node:crypto';
import type { EventData, EventValue, RecordedEvent } from './port.js';

export type HashedEvent = Pick<RecordedEvent, 'stream' | 'revision' | 'id' | 'type' | 'data' | 'metadata'>;

/** Hex SHA-256. */
export const hashEvent = (event: HashedEvent): string => sha256(canonicalEvent(event));

/**
 * Of events that this process recorded itself, by id, for whoever follows the log close behind: what is signed is then
 * what was decided, and not what a disk made of it since. Bounded; what is not here is worked out.
 */
export class RecentHashes {
  #recent = new Map<string, string>();
  #earlier = new Map<string, string>();

  remember(id: string, hash: string): void {
    this.#recent.set(id, hash);
    if (this.#recent.size >= MOST_RECENT) [this.#earlier, this.#recent] = [this.#recent, new Map()];
  }

  of(event: HashedEvent): string {
    return this.#recent.get(event.id) ?? this.#earlier.get(event.id) ?? hashEvent(event);
  }
}

const MOST_RECENT = 5_000;

export function canonicalEvent({ stream, revision, id, type, data, metadata }: HashedEvent): string {
  return canonicalJson({ stream, revision, id, type, data, metadata });
}

/** What stands as `prevHash` of a stream's first event. */
export const NO_PREVIOUS = '0'.repeat(64);

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Keys in order of their UTF-16 code units, no spaces, absent values left out: equal values, equal bytes. */
export function canonicalJson(value: EventValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isFlatAndSorted(value)) return JSON.stringify(value);
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const child = value[key];
    if (child !== undefined)
      text += (text === '' ? '' : ',') + quoted(key) + canonicalJson(child);
  }
  return `{${text}}`;
}

/** Then JSON as it is written everywhere is canonical, and costs a third. */
function isFlatAndSorted(value: EventData): boolean {
  let before = '';
  for (const key in value) {
    if (key <= before || typeof value[key] === 'object') return false;
    before = key;
  }
  return true;
}

const QUOTED = new Map<string, string>();
const MOST_QUOTED = 1_000;

/** The same few names come again and again: `"name":`. */
function quoted(key: string): string {
  const known = QUOTED.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (QUOTED.size < MOST_QUOTED) QUOTED.set(key, text);
  return text;
}

const isList = (value: object): value is readonly EventValue[] => Array.isArray(value);
