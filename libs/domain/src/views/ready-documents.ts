/** Which documents are made? */
import type { View } from './view.js';
import { known } from './view.js';

export interface ReadyDocument {
  readonly document: string;
}

/** Key: the document. One that was lost is made no more. */
export const readyDocuments: View<ReadyDocument> = {
  name: 'ready-documents',
  version: 2,
  types: ['DocumentRendered', 'DocumentLost'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'DocumentRendered' || happened.type === 'DocumentLost' ? [happened.data.document] : [];
  },
  evolve(document, _, event) {
    return known(event).type === 'DocumentLost' ? undefined : { document };
  },
};
