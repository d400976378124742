/** One document as its own stream tells it: never behind. */
import { document } from '../document/decide.js';
import type { DocumentEvent } from '../document/events.js';
import type { Document } from '../document/state.js';
import { fold } from '../decider.js';
import type { Recorded } from './view.js';

export interface DocumentTold extends Document {
  readonly document: string;
  /** ISO instant; of an agenda, when it was uploaded. */
  readonly requestedAt: string;
  readonly readyAt: string | undefined;
  /** Of the request: what it shows is as of here. */
  readonly position: string;
  /** Of the last event. */
  readonly revision: number;
}

/** From all events of the stream; undefined where they are no document's. */
export function documentOf(events: readonly Recorded[]): DocumentTold | undefined {
  const state = fold(document, events as unknown as readonly DocumentEvent[]);
  const [first] = events;
  if (first === undefined || state.state === 'unknown') return undefined;
  const ready = state.state === 'ready' ? events.findLast(({ type }) => type === 'DocumentRendered' || type === 'AgendaUploaded') : undefined;
  return {
    ...state,
    document: (first.data as { readonly document: string }).document,
    requestedAt: recordedAt(first),
    readyAt: ready === undefined ? undefined : recordedAt(ready),
    position: first.position,
    revision: (events.at(-1) ?? first).revision,
  };
}

const recordedAt = ({ metadata }: Recorded): string => (metadata as { readonly recordedAt?: string }).recordedAt ?? '';
