/** What a centre is called, and whom it works together with. */
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { CentreEvent } from './events.js';

export type NameCentre = { readonly type: 'NameCentre' } & CentreEvent['data'];
/** As it was named last; undefined before the first. */
export type Centre = CentreEvent['data'] | undefined;
export type CentreRefusal =
  | { readonly reason: 'CentreUnknown'; readonly centre: string }
  | { readonly reason: 'SettingMalformed'; readonly field: string };

export const centre: Decider<NameCentre, CentreEvent, Centre, CentreRefusal> = {
  initial: undefined,
  decide({ type: _, ...data }, state) {
    const { centre: number, name, consortium } = data;
    if (!/^\d{5}$/.test(number)) return refuse({ reason: 'CentreUnknown', centre: number });
    if (name.trim() === '') return refuse({ reason: 'SettingMalformed', field: 'Name' });
    if (consortium?.trim() === '') return refuse({ reason: 'SettingMalformed', field: 'Consortium' });
    if (name === state?.name && consortium === state.consortium) return accept();
    return accept({ type: 'CentreNamed', data });
  },
  evolve: (_, { data }) => data,
};
