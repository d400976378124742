/** Which agenda has the conference of a component? */
import type { View } from './view.js';
import { known } from './view.js';

export interface AgendaDocument {
  readonly component: string;
  /** The upload: its stream holds what it is. */
  readonly document: string;
  readonly bytes: number;
}

/** Key: the component. The one uploaded last is in force. */
export const agendas: View<AgendaDocument> = {
  name: 'agendas',
  version: 2,
  types: ['AgendaUploaded'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'AgendaUploaded' ? [happened.data.component] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type !== 'AgendaUploaded') return before;
    const { component, document, bytes } = happened.data;
    return { component, document, bytes };
  },
};
