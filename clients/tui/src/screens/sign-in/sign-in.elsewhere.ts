import type { CommonEffect, Update } from '../../platform/screen.js';
import { ITEMS, type Elsewhere, type SignInEffect, type SignInScreenState } from './sign-in.state.js';

/** A sign-in that is finished in a browser, on this machine or on another device. */
type Next = Update<SignInScreenState, SignInEffect | CommonEffect>;

/** Also once more: what was begun before is given up by whoever does it. */
export function chooseOption(state: SignInScreenState, way: Elsewhere['way']): Next {
  return { state: { ...state, isBusy: true, problem: undefined }, effects: [{ type: `sign-in/${way}` }] };
}

export function shownElsewhere(state: SignInScreenState, shown: Elsewhere, now: number): Next {
  // Whoever went back meanwhile is not brought here again.
  if (state.page !== 'options' && state.page !== 'elsewhere') return { state, effects: [] };
  const { way, address, userCode, expiresAt } = shown;
  const elsewhere = { way, address, userCode, expiresAt, secondsLeft: secondsTo(expiresAt, now) };
  const focus = ITEMS.elsewhere.at(-1)!;
  return { state: { ...state, page: 'elsewhere', focus, elsewhere, isBusy: false, problem: undefined }, effects: [] };
}

export function tickedElsewhere(state: SignInScreenState, now: number): Next {
  const { elsewhere } = state;
  if (elsewhere?.expiresAt === undefined) return { state, effects: [] };
  return { state: { ...state, elsewhere: { ...elsewhere, secondsLeft: secondsTo(elsewhere.expiresAt, now) } }, effects: [] };
}

export function leaveElsewhere(state: SignInScreenState): Next {
  return { state: { ...state, elsewhere: undefined }, effects: [{ type: 'sign-in/cancel' }] };
}

function secondsTo(expiresAt: string | undefined, now: number): number | undefined {
  return expiresAt === undefined ? undefined : Math.max(0, Math.ceil((Date.parse(expiresAt) - now) / 1000));
}
