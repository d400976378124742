/**
 * What no store may ever see: one malformed append can end all others of a process, so names, ids, types and
 * values are checked here, before either store.
 */
import type { EventData, Expected, NewEvent } from './port.js';

/** A bug of the caller, found before anything was written. */
export class MalformedAppendError extends Error {
  override readonly name = 'MalformedAppendError';
}

/** An event as it goes to disk or over the wire; `data` and `metadata` are JSON. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** Limit of one append, all its events together, in bytes of JSON and types (EventStoreDB takes 1 MiB a call). */
export const MAX_APPEND_BYTES = 1_000_000;

export function encodeEvents(stream: string, events: readonly NewEvent[], expected: Expected): readonly EncodedEvent[] {
  checkStreamName(stream);
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new MalformedAppendError(`expected is neither 'no-stream' nor a revision: ${String(expected)}`);
  }
  if (events.length === 0) throw new MalformedAppendError('an append needs at least one event');
  const encoded = events.map(encodeEvent);
  const size = sizeOf(encoded);
  if (size > MAX_APPEND_BYTES) {
    throw new MalformedAppendError(`an append of ${size} bytes; at most ${MAX_APPEND_BYTES} are taken at once`);
  }
  return encoded;
}

/** Names that begin with `$` belong to the store. */
export function checkStreamName(name: string): void {
  if (!isName(name, MAX_STREAM_NAME)) throw new MalformedAppendError(`not a stream name: ${JSON.stringify(name)}`);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CONTROL = /\p{Cc}/u;
const MAX_STREAM_NAME = 512;
const MAX_TYPE = 128;
const MAX_DEPTH = 32;

function encodeEvent(event: NewEvent): EncodedEvent {
  // Lower case only: a store may answer in lower case, and the hash chain runs over the id.
  if (!UUID.test(event.id)) throw new MalformedAppendError(`not a UUID in lower case: ${JSON.stringify(event.id)}`);
  if (!isName(event.type, MAX_TYPE)) throw new MalformedAppendError(`not an event type: ${JSON.stringify(event.type)}`);
  return {
    id: event.id,
    type: event.type,
    data: encodeData(event.data, `data of ${event.type}`),
    metadata: encodeData(event.metadata, `metadata of ${event.type}`),
  };
}

/** Exact only where it may matter: no character takes more than three bytes. */
function sizeOf(events: readonly EncodedEvent[]): number {
  const characters = events.reduce((sum, e) => sum + e.type.length + e.data.length + e.metadata.length, 0);
  if (characters * 3 <= MAX_APPEND_BYTES) return characters;
  return events.reduce((sum, e) => sum + bytes(e.type) + bytes(e.data) + bytes(e.metadata), 0);
}

const bytes = (text: string): number => Buffer.byteLength(text);

function isName(name: unknown, maximum: number): boolean {
  return (
    typeof name === 'string' && name.length > 0 && name.length <= maximum && !name.startsWith('$') &&
    name.isWellFormed() && !CONTROL.test(name)
  );
}

function encodeData(data: EventData, path: string): string {
  if (!isPlainObject(data)) throw new MalformedAppendError(`${path}: not an object`);
  checkValue(data, path, 0);
  return JSON.stringify(data);
}

function checkValue(value: unknown, path: string, depth: number): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new MalformedAppendError(`${path}: a lone surrogate`);
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new MalformedAppendError(`${path}: not a safe integer: ${value}`);
  } else if (typeof value !== 'boolean') {
    checkChildren(value, path, depth);
  }
}

function checkChildren(value: unknown, path: string, depth: number): void {
  if (depth >= MAX_DEPTH) throw new MalformedAppendError(`${path}: nested too deeply`);
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) checkValue(value[n], `${path}[${n}]`, depth + 1);
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value)) {
      if (!key.isWellFormed()) throw new MalformedAppendError(`${path}: a lone surrogate in a key`);
      if (value[key] !== undefined) checkValue(value[key], `${path}.${key}`, depth + 1);
    }
  } else {
    throw new MalformedAppendError(`${path}: only strings, booleans, safe integers, lists and plain objects`);
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not by identity with Object.prototype: an object may come from another realm (a test's, a worker's).
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
