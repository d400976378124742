/** A candidate's name, and the record that it was erased. */
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { CandidateEvent, ErasureEvent } from './events.js';

export type RegisterCandidate = { readonly type: 'RegisterCandidate' } & CandidateEvent['data'];
export type CandidateName = CandidateEvent['data'] | undefined;
export type CandidateRefusal = { readonly reason: 'SettingMalformed'; readonly field: string };

/** Name and UCI may be put right; who it is (series, centre, number) stays. */
export const candidate: Decider<RegisterCandidate, CandidateEvent, CandidateName, CandidateRefusal> = {
  initial: undefined,
  decide(command, state) {
    const { type: _, ...data } = command;
    const malformed = malformedField(data);
    if (malformed !== undefined) return refuse({ reason: 'SettingMalformed', field: malformed });
    if (state === undefined) return accept({ type: 'CandidateRegistered', data });
    const moved = IDENTITY.find((field) => state[field] !== data[field]);
    if (moved !== undefined) return refuse({ reason: 'SettingMalformed', field: moved });
    if (state.name === data.name && state.uci === data.uci) return accept();
    return accept({ type: 'CandidateRegistered', data });
  },
  evolve: (_, { data }) => data,
};

export type EraseCandidate = { readonly type: 'EraseCandidate' } & ErasureEvent['data'];

/** Ids of the erased, in the kept stream `erasures`. */
export const erasures: Decider<EraseCandidate, ErasureEvent, ReadonlySet<string>, never> = {
  initial: new Set(),
  decide({ id, series, centre }, erased) {
    return erased.has(id) ? accept() : accept({ type: 'CandidateErased', data: { id, series, centre } });
  },
  evolve: (erased, { data }) => new Set(erased).add(data.id),
};

const IDENTITY = ['id', 'series', 'centre', 'candidate'] as const;

function malformedField({
  series,
  centre,
  candidate: number,
  name,
  uci,
}: CandidateEvent['data']): string | undefined {
  if (!/^(?:January|March|June|November) \d{4}$/.test(series)) return 'Series';
  if (!/^\d{5}$/.test(centre)) return 'CentreNo';
  if (!/^\d{4}$/.test(number)) return 'CandidateNo';
  if (name.trim() === '') return 'Name';
  return uci === undefined || /^[0-9A-Za-z]{1,13}$/.test(uci) ? undefined : 'UCI';
}
