/**
 * The event store port: the one thing the Portal asks of EventStoreDB or of the embedded store.
 *
 * Deliberately absent: an "any" expectation, soft deletion, server time in an event, positions one can
 * calculate with. What only one of the stores has stays behind its adapter.
 */

/** What may stand in an event: strings, booleans and safe integers, so that its hash is the same everywhere. */
export type EventValue =
  | string
  | number
  | boolean
  | readonly EventValue[]
  | { readonly [key: string]: EventValue | undefined };

export type EventData = { readonly [key: string]: EventValue | undefined };

/** Opaque, ordered by comparison as text, and never empty: the place of an event in the log. */
export type Position = string;

/** Revision of an event in its stream, from 0. */
export type Revision = number;

/** What the writer believes about the stream: it does not exist, or its last event has this revision. */
export type Expected = 'no-stream' | Revision;

export interface NewEvent {
  /** A UUID. Repeating it with the same stream, order and expectation is the same append. */
  readonly id: string;
  readonly type: string;
  readonly data: EventData;
  readonly metadata: EventData;
}

/** A store may make parts of it only when they are asked for: a copy takes the fields by name, not by spreading. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/**
 * - `appended`: on disk. One position per event, in order; also the answer to an exact repeat.
 * - `conflict`: nothing written; `actual` is what the stream really is.
 * - `deleted`: nothing written; the stream was deleted for good.
 * - `full`: nothing written, certainly; the disk has no room.
 * - `unknown`: it may or may not be on disk. Ask again with the same ids and the same expectation.
 */
export type AppendOutcome =
  /** `isNew`: written by this call; absent where the store cannot tell it from an append of before under the same ids, of whatever content. */
  | { readonly kind: 'appended'; readonly revision: Revision; readonly positions: readonly Position[]; readonly isNew?: true }
  | { readonly kind: 'conflict'; readonly actual: Expected }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'full' }
  | { readonly kind: 'unknown'; readonly cause: string };

export type StreamRead =
  | { readonly kind: 'found'; readonly events: readonly RecordedEvent[] }
  | { readonly kind: 'no-stream' }
  | { readonly kind: 'deleted' };

export interface StreamRange {
  /** Only events with a revision above this one; from the first where absent. */
  readonly after?: Revision;
  /** At most this many events, at least 1; all where absent. */
  readonly limit?: number;
  /** Newest first; `after` may not be given with it. */
  readonly backwards?: boolean;
}

/** Both conditions must hold; each list is an "or". */
export interface EventFilter {
  readonly streamPrefixes?: readonly string[];
  readonly eventTypes?: readonly string[];
}

export interface AllRange {
  /** Exclusive; from the beginning of the log where absent. */
  readonly after?: Position;
  readonly filter?: EventFilter;
  readonly signal?: AbortSignal;
}

/**
 * `position` is the last place that was looked at: it may be beyond the last event that matched, and
 * is where to go on from after a restart.
 */
export type SubscriptionMessage =
  | { readonly kind: 'events'; readonly events: readonly RecordedEvent[]; readonly position: Position }
  | { readonly kind: 'caught-up'; readonly position: Position | undefined };

export type DeleteOutcome = 'deleted' | 'no-stream' | 'unknown';

export interface EventStore {
  append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<AppendOutcome>;

  readStream(stream: string, range?: StreamRange): Promise<StreamRead>;

  /** To the end of the log as it stands, in batches: one await per event would cost a third of a rebuild. */
  readAll(range?: AllRange): AsyncIterable<readonly RecordedEvent[]>;

  /**
   * Catches up, says so, and stays. Back-pressure is the consumer's own pace. It throws when the store
   * is lost and ends when the signal aborts: supervising it is the caller's work.
   */
  subscribe(range?: AllRange): AsyncIterable<SubscriptionMessage>;

  /** For good: the name can never be written again. */
  deleteStream(stream: string): Promise<DeleteOutcome>;

  /** Position of the last event in the log; undefined where there is none. */
  head(): Promise<Position | undefined>;

  close(): Promise<void>;
}
