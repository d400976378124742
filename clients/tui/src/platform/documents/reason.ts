import { en, type MessageId } from '../i18n/catalogue.js';

/** The words for why a document was not made; undefined where the service is newer than this client. */
export function reasonWords(reason: string): MessageId | undefined {
  const id = `documents.reason.${reason}`;
  return Object.hasOwn(en, id) ? (id as MessageId) : undefined;
}
