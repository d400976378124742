import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { CommonEffect, Update } from '../../platform/screen.js';
import { isTooShort } from '../../platform/session/password-length.js';
import { FORGOTTEN, ITEMS, type Item, type SignInEffect, type SignInScreenState } from './sign-in.state.js';

/** A password is chosen: with an invitation, or with the code that was sent to whoever had forgotten theirs. */
type Next = Update<SignInScreenState, SignInEffect | CommonEffect>;

export function redeem(state: SignInScreenState): Next {
  const invitation = state.invitation.text.trim();
  if (invitation === '') return missing(state, 'invitation', 'sign-in.invitation-missing');
  const wrong = wrongChoice(state);
  if (wrong !== undefined) return wrong;
  return ask(state, { type: 'sign-in/redeem', invitation, password: state.chosen.text });
}

export function askForCode(state: SignInScreenState): Next {
  const username = state.username.text.trim();
  if (username === '') return missing(state, 'username', 'sign-in.username-missing');
  return ask(state, { type: 'sign-in/forgotten', username });
}

export function codeSent(state: SignInScreenState): Next {
  return { state: { ...state, ...FORGOTTEN, page: 'reset', focus: ITEMS.reset[0]!, isBusy: false, problem: undefined }, effects: [] };
}

export function resetPassword(state: SignInScreenState): Next {
  const code = state.code.text.trim();
  if (code === '') return missing(state, 'code', 'sign-in.code-missing');
  const wrong = wrongChoice(state);
  if (wrong !== undefined) return wrong;
  return ask(state, { type: 'sign-in/reset', code, password: state.chosen.text });
}

/** The sign-in goes on where a password is asked for: a second factor is asked for all the same. */
export function passwordReset(state: SignInScreenState, text: string): Next {
  const username = { text, cursor: [...text].length };
  const next = { ...state, ...FORGOTTEN, username, page: 'username', focus: 'next', isBusy: false, problem: undefined } as const;
  return { state: next, effects: [{ type: 'say', sentence: { id: 'sign-in.password-reset' }, as: 'ok' }] };
}

/** Said before it is typed a second time. */
export function nextAfterChosen(state: SignInScreenState, goOn: () => Next): Next {
  return isTooShort(state.chosen.text) ? missing(state, 'chosen', 'sign-in.password-short') : goOn();
}

function wrongChoice(state: SignInScreenState): Next | undefined {
  const { chosen, 'chosen-again': again } = state;
  if (isTooShort(chosen.text)) return missing(state, 'chosen', 'sign-in.password-short');
  return chosen.text === again.text ? undefined : missing({ ...state, 'chosen-again': FORGOTTEN['chosen-again'] }, 'chosen-again', 'sign-in.password-differs');
}

function missing(state: SignInScreenState, focus: Item, id: MessageId): Next {
  return { state: { ...state, focus, problem: { id } }, effects: [] };
}

function ask(state: SignInScreenState, effect: SignInEffect): Next {
  return { state: { ...state, isBusy: true, problem: undefined }, effects: [effect] };
}
