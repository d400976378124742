import type { DocumentModel } from './models.js';
import type { Rendered } from './rendered.js';

/** The bytes of a document. Pure but for the fonts it reads. */
export async function render(model: DocumentModel): Promise<Rendered> {
  throw new Error(`no document of kind ${model.kind}`);
}
