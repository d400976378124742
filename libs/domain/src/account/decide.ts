/** Which accounts there are and what they may be. Passwords themselves are nowhere in the log. */
import type { Decider, Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { AccountEvent, AccountRole, RefusalOfPasswordEvent } from './events.js';
import type { AccountRefusal } from './refusal.js';
import type { Account } from './state.js';
import { evolve, initial } from './state.js';

export type AccountCommand =
  | {
      readonly type: 'CreateAccount';
      readonly account: string;
      readonly person: string;
      readonly roles: readonly string[];
    }
  /** Something that happened, each time anew. */
  | { readonly type: 'ChoosePassword' }
  /** Something that happened, each time anew. */
  | { readonly type: 'RefusePassword'; readonly client: string }
  | { readonly type: 'UnlockAccount' };

type Decided = Decision<AccountEvent | RefusalOfPasswordEvent, AccountRefusal>;

export const account: Decider<AccountCommand, AccountEvent | RefusalOfPasswordEvent, Account, AccountRefusal> =
  {
    initial,
    decide,
    evolve,
  };

const ROLES: readonly string[] = ['appointee', 'auditor', 'admin'] satisfies readonly AccountRole[];

function decide(command: AccountCommand, state: Account): Decided {
  if (command.type === 'CreateAccount') return createAccount(command, state);
  const { account: id, refusedPasswords } = state;
  if (id === '') return refuse({ reason: 'PersonUnknown', person: '' });
  switch (command.type) {
    case 'ChoosePassword':
      return accept({ type: 'PasswordChosen', data: { account: id } });
    case 'RefusePassword':
      return accept({ type: 'PasswordRefused', data: { account: id, client: command.client } });
    case 'UnlockAccount':
      return refusedPasswords === 0 ? accept() : accept({ type: 'AccountUnlocked', data: { account: id } });
  }
}

function createAccount(
  { account: id, person, roles }: Extract<AccountCommand, { type: 'CreateAccount' }>,
  state: Account,
): Decided {
  if (!areRoles(roles))
    return refuse({ reason: 'RoleUnknown', role: roles.find((role) => !isRole(role)) ?? '' });
  const distinct = [...new Set(roles)];
  if (state.account === '') {
    return accept({ type: 'AccountCreated', data: { account: id, person, roles: distinct } });
  }
  const same = state.person === person && String([...state.roles].sort()) === String([...distinct].sort());
  return same ? accept() : refuse({ reason: 'AccountExists', account: state.account });
}

function isRole(role: string): role is AccountRole {
  return ROLES.includes(role);
}

function areRoles(roles: readonly string[]): roles is readonly AccountRole[] {
  return roles.length > 0 && roles.every(isRole);
}
