import type { CommonEffect, CommonMessage, Screen, Services, Update } from '../../platform/screen.js';
import { SIGN_IN_KEYS } from './sign-in.keys.js';
import { signInStart, type SignInEffect, type SignInMessage, type SignInParams, type SignInScreenState } from './sign-in.state.js';
import { isTyping, updateSignIn } from './sign-in.update.js';
import { titleOfSignIn, viewSignIn } from './sign-in.view.js';

/**
 * Proving once more who one is, over whatever is open, by the steps of a sign-in that come after the name. What lies
 * below waits for the answer of its call and keeps everything. The lock screen asks the same, and covers all.
 */
type Screens = Screen<SignInScreenState, StepUpMessage, StepUpEffect, SignInParams>;

export type StepUpMessage = SignInMessage | { readonly type: 'proved' };
/** As those of the sign-in, of its own flow. */
export type StepUpEffect =
  | { readonly type: 'step-up/begin' }
  | { readonly type: 'step-up/done'; readonly isProved: boolean }
  | { readonly type: 'step-up/step'; readonly step: SignInEffect };

const screen = (name: 'step-up' | 'lock'): Screens => ({
  name,
  init: (params) => {
    const start = { ...signInStart({ ...params, again: true }), proves: name };
    if (name === 'lock') return { state: { ...start, page: 'locked', focus: 'unlock' }, effects: [] };
    return { state: { ...start, page: 'password', focus: 'password', isBusy: true }, effects: [{ type: 'step-up/begin' }] };
  },
  update,
  view: viewSignIn,
  keys: SIGN_IN_KEYS,
  title: titleOfSignIn,
  takesText: isTyping,
});

export const stepUpScreen = screen('step-up');
export const lockScreen = screen('lock');

type Next = Update<SignInScreenState, StepUpEffect | CommonEffect>;

function update(state: SignInScreenState, message: StepUpMessage | CommonMessage, services: Pick<Services, 'now'>): Next {
  if (message.type === 'proved') return { state, effects: [{ type: 'step-up/done', isProved: true }, { type: 'back' }] };
  const next = updateSignIn(state, message, services);
  return { state: next.state, effects: next.effects.map(own) };
}

function own(effect: SignInEffect | CommonEffect): StepUpEffect | CommonEffect {
  if (effect.type === 'sign-in/unlock') return { type: 'step-up/begin' };
  if (effect.type === 'sign-in/cancel') return { type: 'step-up/done', isProved: false };
  return effect.type.startsWith('sign-in/') ? { type: 'step-up/step', step: effect as SignInEffect } : (effect as CommonEffect);
}
