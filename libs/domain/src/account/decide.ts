/** Which accounts there are and what they may be. Passwords themselves are nowhere in the log. */
import type { Decider, Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { AccountEvent, AccountRole, Factor, LockScope, RefusalOfPasswordEvent } from './events.js';
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
  | { readonly type: 'ResetPassword' }
  | { readonly type: 'DisableAccount' }
  | { readonly type: 'EnableAccount' }
  /** Something that happened, each time anew. */
  | { readonly type: 'IssueTemporaryPass'; readonly until: string }
  /** Something that happened, each time anew. */
  | { readonly type: 'RefusePassword'; readonly client: string; readonly locked?: Locked }
  | { readonly type: 'SetUpFactor'; readonly factor: Factor; readonly device?: string }
  /** Something that happened, each time anew. */
  | { readonly type: 'LockFactor'; readonly factor: Factor; readonly until: string }
  | { readonly type: 'ResetFactors' }
  | { readonly type: 'UnlockAccount' };

/** What the refusal leads to. */
export interface Locked {
  readonly scope: LockScope;
  readonly until: string;
}

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
    case 'ResetPassword':
      return accept({ type: 'PasswordReset', data: { account: id } });
    case 'DisableAccount':
      return state.isDisabled ? accept() : accept({ type: 'AccountDisabled', data: { account: id } });
    case 'EnableAccount':
      return state.isDisabled ? accept({ type: 'AccountEnabled', data: { account: id } }) : accept();
    case 'IssueTemporaryPass':
      return accept({ type: 'TemporaryPassIssued', data: { account: id, until: command.until } });
    case 'RefusePassword':
      return accept(...refusePassword(id, command));
    case 'UnlockAccount':
      return refusedPasswords === 0 ? accept() : accept({ type: 'AccountUnlocked', data: { account: id } });
    case 'SetUpFactor': {
      const { factor, device } = command;
      return accept({ type: 'FactorSetUp', data: { account: id, factor, ...(device !== undefined && { device }) } });
    }
    case 'LockFactor':
      return accept({ type: 'FactorLocked', data: { account: id, factor: command.factor, until: command.until } });
    case 'ResetFactors':
      return state.factors.length === 0
        ? accept()
        : accept({ type: 'FactorsReset', data: { account: id, factors: state.factors } });
  }
}

/** In one append: whoever watches the time cannot tell the refusal that locks from any other. */
function refusePassword(
  account: string,
  { client, locked }: Extract<AccountCommand, { type: 'RefusePassword' }>,
): readonly (AccountEvent | RefusalOfPasswordEvent)[] {
  const refusal = { type: 'PasswordRefused', data: { account, client } } as const;
  return locked === undefined ? [refusal] : [refusal, { type: 'AccountLocked', data: { account, ...locked } }];
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
