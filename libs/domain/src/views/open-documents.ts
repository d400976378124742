/** Which documents has somebody to make yet? */
import type { View } from './view.js';
import { known } from './view.js';

export interface OpenDocument {
  readonly document: string;
}

/** Key: the document. One that is parked is not among them. */
export const openDocuments: View<OpenDocument> = {
  name: 'open-documents',
  version: 1,
  types: ['DocumentRequested', 'DocumentRequestedAgain', 'DocumentRendered', 'DocumentFailed'],
  keys(event) {
    const happened = known(event);
    switch (happened.type) {
      case 'DocumentRequested':
      case 'DocumentRequestedAgain':
      case 'DocumentRendered':
      case 'DocumentFailed':
        return [happened.data.document];
      default:
        return [];
    }
  },
  evolve(document, _, event) {
    const happened = known(event);
    const isDone = happened.type === 'DocumentRendered' || (happened.type === 'DocumentFailed' && happened.data.parked);
    return isDone ? undefined : { document };
  },
};
