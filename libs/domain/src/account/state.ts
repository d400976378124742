/** What is true of an account after its events. */
import type { AccountEvent, AccountRole, Factor, RefusalOfPasswordEvent } from './events.js';

export interface Account {
  /** Empty until it is created. */
  readonly account: string;
  /** The erasable stream with the name. */
  readonly person: string;
  readonly roles: readonly AccountRole[];
  readonly hasPassword: boolean;
  readonly isDisabled: boolean;
  /** Refused passwords since the last unlocking. */
  readonly refusedPasswords: number;
  /** Set up, each once, in that order. */
  readonly factors: readonly Factor[];
}

export const initial: Account = {
  account: '',
  person: '',
  roles: [],
  hasPassword: false,
  isDisabled: false,
  refusedPasswords: 0,
  factors: [],
};

export function evolve(state: Account, event: AccountEvent | RefusalOfPasswordEvent): Account {
  switch (event.type) {
    case 'AccountCreated':
      return { ...state, ...event.data };
    case 'PasswordChosen':
      return { ...state, hasPassword: true };
    case 'PasswordReset':
      return { ...state, hasPassword: true, refusedPasswords: 0 };
    case 'AccountDisabled':
      return { ...state, isDisabled: true };
    case 'AccountEnabled':
      return { ...state, isDisabled: false };
    case 'PasswordRefused':
      return { ...state, refusedPasswords: state.refusedPasswords + 1 };
    case 'AccountUnlocked':
      return { ...state, refusedPasswords: 0 };
    case 'FactorSetUp':
      return { ...state, factors: [...state.factors.filter((factor) => factor !== event.data.factor), event.data.factor] };
    case 'FactorsReset':
      return { ...state, factors: [] };
    default:
      return state;
  }
}
