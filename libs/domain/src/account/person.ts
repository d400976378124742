/** The name behind an account, in a stream that can be deleted for good. */
import type { PersonEvent } from './events.js';
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';

export interface RecordPerson {
  readonly type: 'RecordPerson';
  readonly account: string;
  readonly username: string;
  readonly displayName: string;
}

export type Person = PersonEvent['data'] | undefined;
export type PersonRefusal = { readonly reason: 'SettingMalformed'; readonly field: string };

/** A name may change, the account and its user name stay. */
export const person: Decider<RecordPerson, PersonEvent, Person, PersonRefusal> = {
  initial: undefined,
  decide({ account, username, displayName }, state) {
    if (username.trim() === '') return refuse({ reason: 'SettingMalformed', field: 'username' });
    if (displayName.trim() === '') return refuse({ reason: 'SettingMalformed', field: 'name' });
    if (state !== undefined && state.account !== account)
      return refuse({ reason: 'SettingMalformed', field: 'account' });
    if (state !== undefined && state.username !== username)
      return refuse({ reason: 'SettingMalformed', field: 'username' });
    if (state?.displayName === displayName) return accept();
    return accept({ type: 'PersonRecorded', data: { account, username, displayName } });
  },
  evolve: (_, { data }) => data,
};
