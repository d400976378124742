/** What the two threads say to each other. */
import { FIELDS, type EncodedEvents } from '../encode.js';

/** Several requests side by side, in columns of plain values: cheap to send to another thread. */
export interface WriteBatch {
  readonly streams: readonly string[];
  /** Revision, `NO_STREAM`, or `DELETE` for the deletion of the stream. */
  readonly expected: readonly number[];
  /** Of each request. */
  readonly eventCounts: readonly number[];
  /** Of all requests, one after another. */
  readonly fields: EncodedEvents;
}

export const NO_STREAM = -1;
export const DELETE = -2;

export interface WriteRequest {
  readonly stream: string;
  readonly expected: number;
  readonly fields: EncodedEvents;
}

export type WriteOutcome =
  | { readonly kind: 'appended'; readonly revision: number; readonly positions: readonly number[] }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'deleted' | 'no-stream' | 'full' }
  | { readonly kind: 'unknown'; readonly cause: string };

export function split({ streams, expected, eventCounts, fields }: WriteBatch): readonly WriteRequest[] {
  let start = 0;
  return streams.map((stream, n) => {
    const end = start + eventCounts[n]! * FIELDS;
    const request = {
      stream,
      expected: expected[n]!,
      fields: streams.length === 1 ? fields : fields.slice(start, end),
    };
    start = end;
    return request;
  });
}

export const isDeletion = (request: WriteRequest | undefined): boolean => request?.expected === DELETE;
