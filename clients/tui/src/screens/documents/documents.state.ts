import type { Document, DocumentOffer, RequestDocument } from '@portal/contract';
import { clamp, matches, type ListState } from '../../components/list.js';
import type { Field } from '../../components/field.js';
import type { Sentence } from '../../platform/screen.js';
import type { NewDocument } from './new-document.state.js';

/** Everything that the person asked for, newest first. */
export interface DocumentsState {
  readonly documents: readonly Document[] | undefined;
  /** Where one was saved on this machine since the client was started, by document. */
  readonly saved: Readonly<Record<string, string>>;
  /** Where what is saved goes unless another place is typed. */
  readonly folder: string;
  readonly list: ListState;
  readonly saving: Saving | undefined;
  /** What the service says may be asked for, by component and role. */
  readonly offers: readonly DocumentOffer[] | undefined;
  /** What is being asked for, or was before the form was left. */
  readonly form: NewDocument;
  readonly isFormOpen: boolean;
  /** The document about which something is being done. */
  readonly busy: string | undefined;
  readonly problem: Sentence | undefined;
  /** Something has moved since the list was read: it is read again soon, and not at every ring of a busy day. */
  readonly isStale: boolean;
  /** Seconds since the list was read. */
  readonly waited: number;
}

/** Where to save it is being typed. */
export interface Saving {
  readonly document: Document;
  readonly field: Field;
  readonly problem: Sentence | undefined;
}

export type DocumentsMessage =
  | { readonly type: 'loaded'; readonly documents: readonly Document[]; readonly saved: Readonly<Record<string, string>>; readonly folder: string }
  /** `before`: what was read earlier, if anything was. */
  | { readonly type: 'refused'; readonly sentence: Sentence; readonly before?: readonly Document[] }
  | { readonly type: 'moved'; readonly document: Document }
  | { readonly type: 'offers'; readonly offers: readonly DocumentOffer[] }
  | { readonly type: 'offers-refused'; readonly sentence: Sentence }
  | { readonly type: 'asked'; readonly commandId: string; readonly document: Document; readonly sentence: Sentence }
  | { readonly type: 'not-asked'; readonly commandId: string; readonly sentence: Sentence }
  /** Something about a document came to its end; `path`: where it lies on this machine now. */
  | { readonly type: 'done'; readonly document: string; readonly sentence: Sentence; readonly path?: string }
  | { readonly type: 'not-done'; readonly document: string; readonly sentence: Sentence };

export type DocumentsEffect =
  | { readonly type: 'documents/load' }
  | { readonly type: 'documents/offers' }
  | { readonly type: 'documents/request'; readonly wanted: RequestDocument; readonly capacity: string; readonly commandId: string }
  | { readonly type: 'documents/save'; readonly document: Document; readonly path: string }
  | { readonly type: 'documents/open'; readonly document: Document }
  | { readonly type: 'documents/print'; readonly document: Document }
  | { readonly type: 'documents/retry'; readonly document: Document; readonly commandId: string };

export const isOnItsWay = ({ state }: Document): boolean => state === 'requested' || state === 'rendering' || state === 'failed';

/** It was made, and its file is not there any more. */
export const isLost = ({ state, reason }: Document): boolean => state === 'parked' && reason === 'file-lost';

export function shownDocuments({ documents = [], list }: DocumentsState): readonly Document[] {
  return documents.filter((one) => matches(list, [one.kind, one.component, one.centre, one.candidate, one.receipt, one.language, one.format, one.state, one.fileName].join(' ')));
}

export function selectedOf(state: DocumentsState): Document | undefined {
  const rows = shownDocuments(state);
  return rows[clamp(state.list.selected, rows.length)];
}
