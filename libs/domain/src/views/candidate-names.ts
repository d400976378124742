/** Who are the candidates of a centre? The only view that holds their names; answers join them when asked. */
import type { View } from './view.js';
import { known } from './view.js';

export interface CandidateName {
  /** Of the erasable stream that the name comes from. */
  readonly id: string;
  readonly name: string;
  readonly uci?: string;
}

export interface CandidateNamesDocument {
  readonly names: { readonly [candidate: string]: CandidateName };
}

export const candidateNamesKey = (series: string, centre: string): string => `${series}/${centre}`;

export const candidateNames: View<CandidateNamesDocument> = {
  name: 'candidate-names',
  version: 1,
  types: ['CandidateRegistered', 'CandidateErased'],
  keys(event) {
    const happened = known(event);
    const concerns = happened.type === 'CandidateRegistered' || happened.type === 'CandidateErased';
    return concerns ? [candidateNamesKey(happened.data.series, happened.data.centre)] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    const names = before?.names ?? {};
    if (happened.type === 'CandidateErased') return without(names, happened.data.id);
    if (happened.type !== 'CandidateRegistered') return before;
    const { id, candidate, name, uci } = happened.data;
    const entry = uci === undefined ? { id, name } : { id, name, uci };
    return { names: { ...names, [candidate]: entry } };
  },
};

function without(names: CandidateNamesDocument['names'], id: string): CandidateNamesDocument | undefined {
  const kept = Object.entries(names).filter(([, entry]) => entry.id !== id);
  return kept.length === 0 ? undefined : { names: Object.fromEntries(kept) };
}
