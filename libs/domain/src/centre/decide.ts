/** What a centre is called. */
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { CentreEvent } from './events.js';

export type NameCentre = { readonly type: 'NameCentre' } & CentreEvent['data'];
/** The name it has; undefined before the first. */
export type CentreName = string | undefined;
export type CentreRefusal =
  | { readonly reason: 'CentreUnknown'; readonly centre: string }
  | { readonly reason: 'SettingMalformed'; readonly field: string };

export const centre: Decider<NameCentre, CentreEvent, CentreName, CentreRefusal> = {
  initial: undefined,
  decide({ centre: number, name }, state) {
    if (!/^\d{5}$/.test(number)) return refuse({ reason: 'CentreUnknown', centre: number });
    if (name.trim() === '') return refuse({ reason: 'SettingMalformed', field: 'Name' });
    return name === state ? accept() : accept({ type: 'CentreNamed', data: { centre: number, name } });
  },
  evolve: (_, { data }) => data.name,
};
