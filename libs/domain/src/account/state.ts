/** What is true of an account after its events. */
import type { AccountEvent, AccountRole, RefusalOfPasswordEvent } from './events.js';

export interface Account {
  /** Empty until it is created. */
  readonly account: string;
  /** The erasable stream with the name. */
  readonly person: string;
  readonly roles: readonly AccountRole[];
  readonly hasPassword: boolean;
  /** Refused passwords since the last unlocking. */
  readonly refusedPasswords: number;
}

export const initial: Account = { account: '', person: '', roles: [], hasPassword: false, refusedPasswords: 0 };

export function evolve(state: Account, event: AccountEvent | RefusalOfPasswordEvent): Account {
  switch (event.type) {
    case 'AccountCreated':
      return { ...state, ...event.data };
    case 'PasswordChosen':
      return { ...state, hasPassword: true };
    case 'PasswordRefused':
      return { ...state, refusedPasswords: state.refusedPasswords + 1 };
    case 'AccountUnlocked':
      return { ...state, refusedPasswords: 0 };
    default:
      return state;
  }
}
