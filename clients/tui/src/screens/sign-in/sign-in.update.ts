import { EMPTY_FIELD, editField } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import { lookUp, type CommonEffect, type CommonMessage, type Services, type Update } from '../../platform/screen.js';
import { SIGN_IN_KEYS, type SignInAction } from './sign-in.keys.js';
import { chooseOption, leaveElsewhere, shownElsewhere, tickedElsewhere } from './sign-in.elsewhere.js';
import { askForCode, codeSent, nextAfterChosen, passwordReset, redeem, resetPassword } from './sign-in.recovery.js';
import { asked, backToSecond, factorOf, otherWays, ticked } from './sign-in.second.js';
import {
  FIELDS, FORGOTTEN, ITEMS, itemsOf, type FieldItem, type Item, type SignInEffect, type SignInMessage, type SignInPage, type SignInScreenState,
} from './sign-in.state.js';

type Next = Update<SignInScreenState, SignInEffect | CommonEffect>;

export function updateSignIn(
  state: SignInScreenState,
  message: SignInMessage | CommonMessage,
  { now }: Pick<Services, 'now'>,
): Next {
  switch (message.type) {
    case 'key':
      return onBlindKey(state, message.key) ?? onKey({ ...state, problem: undefined }, message.key);
    case 'action':
      return act(state, message.action as SignInAction);
    case 'stepped':
      return goTo(state, message.step);
    case 'asked':
      return asked(state, message.second, now);
    case 'elsewhere':
      return shownElsewhere(state, message, now);
    case 'code-sent':
      return codeSent(state);
    case 'password-reset':
      return passwordReset(state, message.username);
    case 'tick':
      return state.page === 'elsewhere' ? tickedElsewhere(state, now) : ticked(state, now);
    case 'unsupported':
      return stay({ ...state, isBusy: false, problem: { id: 'sign-in.unsupported', values: { name: message.name } } });
    case 'refused':
      return refused(state, message);
    case 'welcomed':
      return stay({ ...state, credentials: message.credentials, server: message.server });
    default:
      return stay(state);
  }
}

export function isTyping(state: SignInScreenState): boolean {
  return state.info === undefined && isField(state.focus);
}

const isField = (item: Item): item is FieldItem => FIELDS.some((field) => field === item);

function onKey(state: SignInScreenState, key: Key): Next {
  if (state.info !== undefined) return closes(key) ? stay({ ...state, info: undefined }) : stay(state);
  // While an answer is awaited nothing is taken but Esc: a key meant for this page must not land on the next.
  if (state.isBusy && !(key.kind === 'key' && key.name === 'escape')) return stay(state);
  const looked = lookUp(SIGN_IN_KEYS, state, key);
  if (looked !== undefined) return 'action' in looked ? act(state, looked.action) : stay(state);
  if (isTyping(state)) return type(state, key);
  return onArrow(state, key);
}

/**
 * A mark typed on while the session ends: neither its digits nor its Enter do anything here but ring and say so.
 * Undefined for any other key.
 */
function onBlindKey(state: SignInScreenState, key: Key): Next | undefined {
  if (!state.isAgain || state.page !== 'username' || state.focus !== 'next' || key.kind === 'paste') return undefined;
  const isMark = key.pad === true || /^\d$/.test(key.name);
  const isItsEnter = key.name === 'enter' && state.problem?.id === NOT_TAKEN;
  if (!isMark && !isItsEnter) return undefined;
  const id = isItsEnter ? 'sign-in.not-taken.enter' : NOT_TAKEN;
  return { state: { ...state, problem: { id } }, effects: [{ type: 'bell' }] };
}

const NOT_TAKEN = 'sign-in.not-taken';

function closes(key: Key): boolean {
  return key.kind === 'key' && ['escape', 'enter', 'space', 'q'].includes(key.name);
}

function onArrow(state: SignInScreenState, key: Key): Next {
  const name = key.kind === 'key' ? key.name : '';
  if (name === 'left' || name === 'h' || name === 'k') return act(state, 'previous');
  if (name === 'right' || name === 'l' || name === 'j') return act(state, 'next');
  return name === 'space' ? act(state, 'choose') : stay(state);
}

function type(state: SignInScreenState, key: Key): Next {
  const of = state.focus as FieldItem;
  const field = editField(state[of], key);
  return field === undefined ? { state, effects: [{ type: 'bell' }] } : stay({ ...state, [of]: field });
}

function act(state: SignInScreenState, action: SignInAction): Next {
  if (action === 'back') return back(state);
  if (action === 'choose') return choose(state, state.focus);
  const items = itemsOf(state);
  const at = items.indexOf(state.focus) + (action === 'next' ? 1 : -1) + items.length;
  return stay({ ...state, focus: items[at % items.length]! });
}

function choose(state: SignInScreenState, item: Item): Next {
  switch (item) {
    case 'appointee':
    case 'auditor':
    case 'administrator':
    case 'all-services':
    case 'in-terminal':
      return goTo(state, 'username');
    case 'language':
      return { state, effects: [{ type: 'sign-in/language' }] };
    case 'username':
      return state.page === 'forgotten' ? askForCode(state) : sendUsername(state);
    case 'next':
      return sendUsername(state);
    case 'password':
    case 'sign-in':
      return sendPassword(state);
    case 'back':
      return back(state);
    case 'yes':
    case 'no':
      return ask(state, { type: 'sign-in/stay', stay: item === 'yes' });
    case 'code':
      return state.page === 'reset' ? act(state, 'next') : sendCode(state);
    case 'verify':
      return sendCode(state);
    case 'once-more':
      return ask(state, { type: 'sign-in/factor', factor: state.second!.factor });
    case 'cannot-use':
      return otherWays(state);
    case 'by-app':
    case 'by-totp':
    case 'by-sms':
    case 'by-recovery':
      return ask(state, { type: 'sign-in/factor', factor: factorOf(item) });
    case 'options':
      return goTo(state, 'options');
    case 'in-browser':
      return chooseOption(state, 'browser');
    case 'on-device':
      return chooseOption(state, 'device');
    case 'begin-again':
      return chooseOption(state, state.elsewhere!.way);
    case 'unlock':
      return ask(state, { type: 'sign-in/unlock' });
    case 'more':
      return stay({ ...state, info: 'sign-in.info.more' });
    default:
      return chooseRecovery(state, item);
  }
}

/** Ways back into an account, and into a new one. */
function chooseRecovery(state: SignInScreenState, item: Item): Next {
  switch (item) {
    case 'cannot-access':
      return goTo(state, 'help');
    case 'forgotten':
      return goTo(state, 'forgotten');
    case 'invited':
      return goTo(state, 'invitation');
    case 'send-code':
      return askForCode(state);
    case 'redeem':
      return redeem(state);
    case 'reset':
      return resetPassword(state);
    case 'chosen':
      return nextAfterChosen(state, () => act(state, 'next'));
    case 'chosen-again':
      return state.page === 'reset' ? resetPassword(state) : redeem(state);
    default:
      return act(state, 'next');
  }
}

function sendUsername(state: SignInScreenState): Next {
  const username = state.username.text.trim();
  if (username === '') return stay({ ...state, focus: 'username', problem: { id: 'sign-in.username-missing' } });
  return ask(state, { type: 'sign-in/username', username });
}

function sendPassword(state: SignInScreenState): Next {
  if (state.password.text === '') return stay({ ...state, focus: 'password', problem: { id: 'sign-in.password-missing' } });
  // The password is forgotten as soon as it is sent.
  return ask({ ...state, password: EMPTY_FIELD }, { type: 'sign-in/password', password: state.password.text });
}

function sendCode(state: SignInScreenState): Next {
  const code = state.code.text.trim();
  if (code === '') return stay({ ...state, focus: 'code', problem: { id: 'sign-in.code-missing' } });
  return ask({ ...state, code: EMPTY_FIELD }, { type: 'sign-in/code', code });
}

function ask(state: SignInScreenState, effect: SignInEffect): Next {
  return { state: { ...state, isBusy: true, problem: undefined }, effects: [effect] };
}

function refused(state: SignInScreenState, message: Extract<SignInMessage, { type: 'refused' }>): Next {
  const at = message.startsAgain && !OWN_REFUSAL.has(state.page) ? pageState(state, 'username') : state;
  const problem = message.sentence;
  const second = at.second && { ...at.second, hasEnded: at.page === 'approve' };
  return { state: { ...at, second, isBusy: false, problem }, effects: [{ type: 'bell' }] };
}

/** Nothing of a sign-in was begun on these: what was typed stays, and is looked at again. */
const OWN_REFUSAL: ReadonlySet<SignInPage> = new Set(['invitation', 'forgotten', 'reset', 'options', 'elsewhere']);

function back(state: SignInScreenState): Next {
  if (state.page === 'landing') return stay(state);
  if (state.proves !== undefined && state.page !== 'factors') return givenUp(state);
  if (state.page === 'elsewhere') return leaveElsewhere(goTo(state, 'options').state);
  if (state.page === 'invitation') return goTo(state, state.isAgain ? 'help' : 'landing');
  if (state.page === 'username') return state.isAgain ? { state, effects: [{ type: 'back' }] } : goTo(state, 'landing');
  return state.page === 'factors' ? backToSecond(state) : goTo(state, 'username');
}

/** What is locked stays so. */
function givenUp(state: SignInScreenState): Next {
  if (state.page === 'locked') return { state, effects: [{ type: 'bell' }] };
  if (state.proves === 'lock') return goTo(state, 'locked');
  return { state, effects: [{ type: 'sign-in/cancel' }, { type: 'back' }] };
}

function goTo(state: SignInScreenState, page: SignInPage): Next {
  return stay(pageState(state, page));
}

function pageState(state: SignInScreenState, page: SignInPage): SignInScreenState {
  return { ...state, page, focus: ITEMS[page][0]!, ...FORGOTTEN, isBusy: false, problem: undefined };
}

function stay(state: SignInScreenState): Next {
  return { state, effects: [] };
}
