/** What the two threads say to each other. */
import { FIELDS, type EncodedEvents } from '../encode.js';

/**
 * Several requests side by side, in columns, the texts of a column in one string: one string is sent to another thread
 * for little more than a short one. A line break parts them: names and types hold none, and JSON writes it `\\n`.
 */
export interface WriteBatch {
  readonly streams: string;
  /** Revision, `NO_STREAM`, or `DELETE` for the deletion of the stream. */
  readonly expected: readonly number[];
  /** Of each request. */
  readonly eventCounts: readonly number[];
  /** Of all requests, one after another. */
  readonly fields: string;
}

export const NO_STREAM = -1;
export const DELETE = -2;

export interface WriteRequest {
  readonly stream: string;
  readonly expected: number;
  readonly fields: EncodedEvents;
}

export type WriteOutcome =
  | { readonly kind: 'appended'; readonly revision: number; readonly positions: readonly number[]; readonly isNew?: true }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'deleted' | 'no-stream' | 'full' }
  | { readonly kind: 'unknown'; readonly cause: string };

export const join = (texts: readonly string[]): string => texts.join('\n');

export function split({ streams, expected, eventCounts, fields }: WriteBatch): readonly WriteRequest[] {
  const all = fields.split('\n');
  let start = 0;
  return streams.split('\n').map((stream, n) => {
    const end = start + eventCounts[n]! * FIELDS;
    const request = { stream, expected: expected[n]!, fields: all.slice(start, end) };
    start = end;
    return request;
  });
}

export const isDeletion = (request: WriteRequest | undefined): boolean => request?.expected === DELETE;
