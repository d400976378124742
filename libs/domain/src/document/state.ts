/** What is true of a document: asked for, made, or why not. */
import type { Artefact, DocumentEvent, DocumentWanted } from './events.js';

export interface Document {
  readonly state: 'unknown' | 'requested' | 'failed' | 'parked' | 'ready';
  /** Of an agenda and of one that is unknown there is none. */
  readonly wanted: DocumentWanted | undefined;
  /** Who asked for it, or uploaded it, and in which capacity. */
  readonly account: string;
  readonly capacity: string;
  /** Failed ones since it was asked for last. */
  readonly attempts: number;
  readonly reason: string | undefined;
  readonly artefact: Artefact | undefined;
  readonly component: string;
}

export const initial: Document = {
  state: 'unknown',
  wanted: undefined,
  account: '',
  capacity: '',
  attempts: 0,
  reason: undefined,
  artefact: undefined,
  component: '',
};

/** Somebody has to make it yet. */
export const isOutstanding = ({ state }: Document): boolean => state === 'requested' || state === 'failed';

export function evolve(state: Document, event: DocumentEvent): Document {
  switch (event.type) {
    case 'DocumentRequested': {
      const { document: _, account, capacity, ...wanted } = event.data;
      return { ...state, state: 'requested', wanted, account, capacity, component: wanted.component };
    }
    case 'DocumentRequestedAgain':
      return { ...state, state: 'requested', attempts: 0, reason: undefined };
    case 'DocumentFailed':
      return { ...state, state: event.data.parked ? 'parked' : 'failed', attempts: event.data.attempt, reason: event.data.reason };
    case 'DocumentRendered':
      return { ...state, state: 'ready', reason: undefined, artefact: artefactOf(event.data) };
    case 'DocumentLost':
      return { ...state, state: 'parked', attempts: 0, reason: 'file-lost' };
    case 'AgendaUploaded': {
      const { account, component } = event.data;
      return { ...state, state: 'ready', account, component, artefact: artefactOf(event.data) };
    }
    default:
      return state;
  }
}

/** Of what an event says, the part that is about the bytes. */
export const artefactOf = ({ sha256, bytes, pages, mediaType, extension, manifest, receipt }: Artefact): Artefact => ({
  sha256,
  bytes,
  pages,
  mediaType,
  extension,
  ...(manifest !== undefined && { manifest }),
  ...(receipt !== undefined && { receipt }),
});
