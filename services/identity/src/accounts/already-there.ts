import { account, accountStream, person, personStream, type AccountRefusal } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import type { NewPerson } from './account-directory.js';
import type { Contacts } from './contacts.js';
import type { Logins } from './logins.js';

export interface AlreadyThereParts {
  readonly logins: Logins;
  readonly streams: Streams;
  readonly contacts: Contacts;
}

export type AlreadyThere = { readonly unchanged: string } | { readonly refused: AccountRefusal };

/** The account under the address that is asked for: the very same, by its user name, or in the way. */
export async function alreadyThere({ logins, streams, contacts }: AlreadyThereParts, id: string, wanted: NewPerson): Promise<AlreadyThere> {
  const login = logins.byAccount(id);
  const { state: { roles } } = await streams.load(account, accountStream(id));
  const { state: who } = await streams.load(person, personStream(login?.person ?? ''));
  const isWhole = roles.every((role) => wanted.roles.includes(role)) && wanted.roles.every((role) => (roles as readonly string[]).includes(role));
  const isAsked = login !== undefined && isWhole && who?.displayName === wanted.displayName && contacts.phoneOf(id) === wanted.phone;
  return isAsked ? { unchanged: login.name } : { refused: { reason: 'AccountExists', account: id } };
}
