/** Which documents did a person ask for, and which were asked for of a component? */
import type { View } from './view.js';
import { known } from './view.js';

export interface DocumentListDocument {
  /** Ids, oldest first; the latest of them where there are very many. */
  readonly documents: readonly string[];
}

export const documentsOfPerson = (account: string): string => `person/${account}`;
export const documentsOfComponent = (component: string): string => `component/${component}`;

export const documentList: View<DocumentListDocument> = {
  name: 'document-list',
  version: 1,
  types: ['DocumentRequested'],
  keys(event) {
    const happened = known(event);
    if (happened.type !== 'DocumentRequested') return [];
    return [documentsOfPerson(happened.data.account), documentsOfComponent(happened.data.component)];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type !== 'DocumentRequested') return before;
    return documentsKept(before, happened.data.document);
  },
};

/** With one more; the oldest go where there are very many. */
export const documentsKept = (before: DocumentListDocument | undefined, document: string): DocumentListDocument => ({
  documents: [...(before?.documents ?? []), document].slice(-MOST_LISTED),
});

const MOST_LISTED = 500;
