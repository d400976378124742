import type { Factor } from '@portal/contract';
import { EMPTY_FIELD } from '../../components/field.js';
import type { CommonEffect, Update } from '../../platform/screen.js';
import { itemsOf, type SecondStep, type SignInEffect, type SignInScreenState } from './sign-in.state.js';

/** The step after the password: a number for the other device, or a code. */
type Next = Update<SignInScreenState, SignInEffect | CommonEffect>;

/** The same number again means that nobody has answered: nothing on the page moves. */
export function asked(state: SignInScreenState, second: Omit<SecondStep, 'secondsLeft' | 'hasEnded'>, now: number): Next {
  const isSame = state.page !== 'factors' && second.number !== undefined && second.number === state.second?.number
    && second.expiresAt === state.second.expiresAt;
  if (isSame) return { state: { ...state, isBusy: false }, effects: [] };
  const page = second.factor === 'app' ? 'approve' : 'code';
  const shown = { ...second, secondsLeft: secondsTo(second.expiresAt, now), hasEnded: false };
  const next = { ...state, page, second: shown, code: EMPTY_FIELD, isBusy: false, problem: undefined } as const;
  return { state: { ...next, focus: itemsOf(next)[0]! }, effects: [] };
}

/** Once a second: the time that is left, and whether somebody has answered. */
export function ticked(state: SignInScreenState, now: number): Next {
  const { second, page } = state;
  if (second === undefined || (page !== 'approve' && page !== 'code')) return { state, effects: [] };
  const counted = { ...state, second: { ...second, secondsLeft: secondsTo(second.expiresAt, now) } };
  const isWaiting = page === 'approve' && !second.hasEnded && !state.isBusy;
  return { state: counted, effects: isWaiting ? [{ type: 'sign-in/approve' }] : [] };
}

/** The list of the other ways, or straight to it where there is one. */
export function otherWays(state: SignInScreenState): Next {
  const page = { ...state, page: 'factors', problem: undefined } as const;
  return { state: { ...page, focus: itemsOf(page)[0]! }, effects: [] };
}

export function backToSecond(state: SignInScreenState): Next {
  const page = { ...state, page: state.second?.factor === 'app' ? 'approve' : 'code', problem: undefined } as const;
  return { state: { ...page, focus: itemsOf(page)[0]! }, effects: [] };
}

export function factorOf(item: string): Factor {
  return item.slice('by-'.length) as Factor;
}

function secondsTo(expiresAt: string | undefined, now: number): number {
  return expiresAt === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
}
