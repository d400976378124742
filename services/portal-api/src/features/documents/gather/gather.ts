import type { DocumentModel } from '@portal/documents';
import type { DocumentRequest, Sources } from './request.js';

export { NothingToShow, type DocumentRequest, type Sources } from './request.js';

/** What the document shows, from events up to a position; names are joined here and nowhere earlier. */
export async function gather(request: DocumentRequest, sources: Sources): Promise<DocumentModel> {
  void sources;
  throw new Error(`no document of kind ${request.kind}`);
}
