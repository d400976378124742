import type { Screen } from '../../platform/screen.js';
import { SIGN_IN_KEYS } from './sign-in.keys.js';
import { signInStart, type SignInEffect, type SignInMessage, type SignInParams, type SignInScreenState } from './sign-in.state.js';
import { isTyping, updateSignIn } from './sign-in.update.js';
import { titleOfSignIn, viewSignIn } from './sign-in.view.js';

/** From the landing page to *Stay signed in?*; also over another screen when the session has ended. */
export const signInScreen: Screen<SignInScreenState, SignInMessage, SignInEffect, SignInParams> = {
  name: 'sign-in',
  init: (params) => ({ state: signInStart(params), effects: [{ type: 'sign-in/welcome' }] }),
  update: updateSignIn,
  view: viewSignIn,
  keys: SIGN_IN_KEYS,
  title: titleOfSignIn,
  takesText: isTyping,
};
