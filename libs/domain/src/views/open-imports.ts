/** Which files of centre marks were begun and are not finished? */
import type { View } from './view.js';
import { known } from './view.js';

export interface OpenImportDocument {
  readonly import: string;
}

/** Key: the import. There is hardly ever one, but after a crash. */
export const openImports: View<OpenImportDocument> = {
  name: 'open-imports',
  version: 1,
  types: ['CentreMarksImportStarted', 'CentreMarksImportCompleted'],
  keys(event) {
    const happened = known(event);
    const concerns = happened.type === 'CentreMarksImportStarted' || happened.type === 'CentreMarksImportCompleted';
    return concerns ? [happened.data.import] : [];
  },
  evolve(id, before, event) {
    if (event.type === 'CentreMarksImportStarted') return { import: id };
    return event.type === 'CentreMarksImportCompleted' ? undefined : before;
  },
};
