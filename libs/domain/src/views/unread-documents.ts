/** Which documents did a person ask for and has not downloaded yet? */
import { documentsKept, type DocumentListDocument } from './document-list.js';
import type { View } from './view.js';
import { known } from './view.js';

/** Key: the account. Whether one of them is made says `readyDocuments`: the event that makes it names nobody. */
export const unreadDocuments: View<DocumentListDocument> = {
  name: 'unread-documents',
  version: 1,
  types: ['DocumentRequested', 'DocumentDownloaded'],
  keys(event) {
    const happened = known(event);
    const isIts = happened.type === 'DocumentRequested' || happened.type === 'DocumentDownloaded';
    return isIts ? [happened.data.account] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type === 'DocumentRequested') return documentsKept(before, happened.data.document);
    if (happened.type !== 'DocumentDownloaded' || before === undefined) return before;
    const documents = before.documents.filter((one) => one !== happened.data.document);
    return documents.length === 0 ? undefined : { documents };
  },
};
