/** What is a centre called? Key: its number. */
import type { View } from './view.js';
import { known } from './view.js';

export interface CentreDocument {
  readonly centre: string;
  readonly name: string;
  readonly consortium?: string;
}

export const centres: View<CentreDocument> = {
  name: 'centres',
  version: 2,
  types: ['CentreNamed'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'CentreNamed' ? [happened.data.centre] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type !== 'CentreNamed') return before;
    return happened.data;
  },
};
