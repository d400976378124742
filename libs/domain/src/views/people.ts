/** Who is behind an account, and which account has a user name? */
import type { AccountRole } from '../account/events.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface PersonDocument {
  readonly account: string;
  /** Empty until the person is recorded. */
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly AccountRole[];
}

export interface UsernameDocument {
  readonly account: string;
}

/** Key: the account. */
export const people: View<PersonDocument> = {
  name: 'people',
  version: 1,
  types: ['AccountCreated', 'PersonRecorded'],
  keys(event) {
    const happened = known(event);
    const concerns = happened.type === 'AccountCreated' || happened.type === 'PersonRecorded';
    return concerns ? [happened.data.account] : [];
  },
  evolve(account, before, event) {
    const happened = known(event);
    const person = before ?? { account, username: '', displayName: '', roles: [] };
    if (happened.type === 'AccountCreated') return { ...person, roles: happened.data.roles };
    if (happened.type !== 'PersonRecorded') return before;
    const { username, displayName } = happened.data;
    return { ...person, username, displayName };
  },
};

/** User names are compared without regard to case. */
export const usernameKey = (username: string): string => username.toLowerCase();

export const usernames: View<UsernameDocument> = {
  name: 'usernames',
  version: 1,
  types: ['PersonRecorded'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'PersonRecorded' ? [usernameKey(happened.data.username)] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    return happened.type === 'PersonRecorded' ? { account: happened.data.account } : before;
  },
};
