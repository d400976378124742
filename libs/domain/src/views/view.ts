/**
 * A view: documents by key, each a fold over the events that concern it. Pure and additive: the same events
 * give the same documents, and nothing but the events and the document itself is looked at.
 */
import type { PortalEvent } from '../streams.js';

/** An event as the store gives it back; what a recorded event of the store is without a cast. */
export interface Recorded {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
}

export interface View<Document extends object = object> {
  readonly name: string;
  /** Raised whenever the documents would come out differently: the view is then built again. */
  readonly version: number;
  /** The event types that can change it; events of other types need not be shown to it. */
  readonly types: readonly PortalEvent['type'][];
  /** Keys of the documents that this event changes, each once; none is common. */
  keys(event: Recorded): readonly string[];
  /** The document afterwards; undefined where there is none (any more). Never throws, never changes `before`. */
  evolve(key: string, before: Document | undefined, event: Recorded): Document | undefined;
}

/** Seen as what it is; a type that is not known matches no case. */
export function known(event: Recorded): PortalEvent {
  return event as unknown as PortalEvent;
}
