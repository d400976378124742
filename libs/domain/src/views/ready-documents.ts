/** Which documents are made? */
import type { View } from './view.js';
import { known } from './view.js';

export interface ReadyDocument {
  readonly document: string;
}

/** Key: the document. What is made stays made. */
export const readyDocuments: View<ReadyDocument> = {
  name: 'ready-documents',
  version: 1,
  types: ['DocumentRendered'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'DocumentRendered' ? [happened.data.document] : [];
  },
  evolve(document) {
    return { document };
  },
};
