/**
 * What no store may ever see: one malformed append can end all others of a process, so names, ids, types and
 * values are checked here, before either store.
 */
import type { EventData, Expected, NewEvent } from './port.js';

/** A bug of the caller, found before anything was written. */
export class MalformedAppendError extends Error {
  override readonly name = 'MalformedAppendError';
}

/**
 * Events as they go to disk: id, type, data and metadata of each in turn, the last two as JSON. Flat, because
 * they cross to another thread: as objects they would cost three times as much.
 */
export type EncodedEvents = readonly string[];

export const FIELDS = 4;

/** Limit of one append, all its events together, in bytes of JSON, types and ids (EventStoreDB takes 1 MiB a call). */
export const MAX_APPEND_BYTES = 1_000_000;

export function encodeEvents(stream: string, events: readonly NewEvent[], expected: Expected): EncodedEvents {
  checkStreamName(stream);
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new MalformedAppendError(`expected is neither 'no-stream' nor a revision: ${String(expected)}`);
  }
  if (events.length === 0) throw new MalformedAppendError('an append needs at least one event');
  const encoded: string[] = [];
  for (const event of events) encodeEvent(event, encoded);
  const size = sizeOf(encoded);
  if (size > MAX_APPEND_BYTES) {
    throw new MalformedAppendError(
      `an append of ${size} bytes; at most ${MAX_APPEND_BYTES} are taken at once`,
    );
  }
  return encoded;
}

/** Names that begin with `$` belong to the store. */
export function checkStreamName(name: string): void {
  if (!isName(name, MAX_STREAM_NAME))
    throw new MalformedAppendError(`not a stream name: ${JSON.stringify(name)}`);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const MAX_STREAM_NAME = 512;
const MAX_TYPE = 128;
const MAX_DEPTH = 32;

function encodeEvent(event: NewEvent, into: string[]): void {
  // Lower case only: a store may answer in lower case, and the hash chain runs over the id.
  if (!UUID.test(event.id))
    throw new MalformedAppendError(`not a UUID in lower case: ${JSON.stringify(event.id)}`);
  if (!isName(event.type, MAX_TYPE))
    throw new MalformedAppendError(`not an event type: ${JSON.stringify(event.type)}`);
  const data = encodeData(event.data, event.type, 'data');
  into.push(event.id, event.type, data, encodeData(event.metadata, event.type, 'metadata'));
}

/** Exact only where it may matter: no character takes more than three bytes. */
function sizeOf(fields: EncodedEvents): number {
  let characters = 0;
  for (const field of fields) characters += field.length;
  if (characters * 3 <= MAX_APPEND_BYTES) return characters;
  return fields.reduce((sum, field) => sum + Buffer.byteLength(field), 0);
}

function isName(name: unknown, maximum: number): boolean {
  return (
    typeof name === 'string' &&
    name.length > 0 &&
    name.length <= maximum &&
    !name.startsWith('$') &&
    name.isWellFormed() &&
    !CONTROL.test(name)
  );
}

function encodeData(data: EventData, type: string, part: string): string {
  const problem = isPlainObject(data) ? findProblem(data, 0) : ': not an object';
  if (problem !== undefined) throw new MalformedAppendError(`${part} of ${type}${problem}`);
  return JSON.stringify(data);
}

/** Where and what; the path is put together only on the way out, for most data has no problem. */
function findProblem(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? undefined : ': a lone surrogate';
    case 'number':
      return Number.isSafeInteger(value) ? undefined : `: not a safe integer: ${value}`;
    case 'boolean':
      return undefined;
    default:
      return findProblemInside(value, depth);
  }
}

function findProblemInside(value: unknown, depth: number): string | undefined {
  if (depth >= MAX_DEPTH) return ': nested too deeply';
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) {
      const problem = findProblem(value[n], depth + 1);
      if (problem !== undefined) return `[${n}]${problem}`;
    }
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value)) {
      // A field that is undefined is a field left out; JSON leaves it out too.
      if (value[key] === undefined) continue;
      const problem = key.isWellFormed()
        ? findProblem(value[key], depth + 1)
        : ': a lone surrogate in its name';
      if (problem !== undefined) return `.${key}${problem}`;
    }
  } else {
    return ': only strings, booleans, safe integers, lists and plain objects';
  }
  return undefined;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not by identity with Object.prototype: an object may come from another realm (a test's, a worker's).
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
