import type { Screen } from '../../platform/screen.js';
import { DOCUMENTS_KEYS } from './documents.keys.js';
import type { DocumentsEffect, DocumentsMessage, DocumentsState } from './documents.state.js';
import { documentsStart, updateDocuments } from './documents.update.js';
import { viewDocuments } from './documents.view.js';

/** What was asked for: how far it is, and what can be done with it when it is there. */
export const documentsScreen: Screen<DocumentsState, DocumentsMessage, DocumentsEffect, object> = {
  name: 'documents',
  init: documentsStart,
  update: updateDocuments,
  view: viewDocuments,
  keys: DOCUMENTS_KEYS,
  title: (_, { t }) => t('documents.title'),
  takesText: ({ list, saving, isFormOpen }) => list.isTyping || saving !== undefined || isFormOpen,
};
