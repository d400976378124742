/**
 * The hash of an event: SHA-256 over canonical JSON of what its writer decided, never of what a store added
 * (position, time). Each event's metadata carries the hash of its stream's previous event as `prevHash`.
 */
import { hash } from 'node:crypto';
import type { EventValue, RecordedEvent } from './port.js';

export type HashedEvent = Pick<RecordedEvent, 'stream' | 'revision' | 'id' | 'type' | 'data' | 'metadata'>;

/** Hex SHA-256. */
export const hashEvent = (event: HashedEvent): string => sha256(canonicalEvent(event));

export function canonicalEvent({ stream, revision, id, type, data, metadata }: HashedEvent): string {
  return canonicalJson({ stream, revision, id, type, data, metadata });
}

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Keys in order of their UTF-16 code units, no spaces, absent values left out: equal values, equal bytes. */
export function canonicalJson(value: EventValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const child = value[key];
    if (child !== undefined)
      text += (text === '' ? '' : ',') + quoted(key) + canonicalJson(child);
  }
  return `{${text}}`;
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
