import { EMPTY_FIELD, editField } from '../../components/field.js';
import { clamp } from '../../components/list.js';
import type { Key } from '../../platform/input/key.js';
import { lookUp, type CommonEffect, type CommonMessage, type Services, type Update } from '../../platform/screen.js';
import { ACCOUNT_KEYS, selectedRow, type AccountAction } from './account.keys.js';
import { isProtected, rowsOf, type AccountEffect, type AccountMessage, type AccountState, type SetUp } from './account.state.js';

export type Next = Update<AccountState, AccountEffect | CommonEffect>;

export function updateAccount(state: AccountState, message: AccountMessage | CommonMessage, { now }: Pick<Services, 'now'>): Next {
  switch (message.type) {
    case 'sessions':
      return stay({ ...state, sessions: message.sessions });
    case 'factors':
      return onFactors(state, { factors: message.factors, recoveryCodes: message.recoveryCodes });
    case 'setting-up':
      return stay({ ...state, setUp: counted(message.setUp, now), field: EMPTY_FIELD, isBusy: false, problem: undefined });
    case 'set-up':
      return onSetUp(state, message.codes);
    case 'ended':
      return { state: { ...state, isBusy: false }, effects: [{ type: 'say', sentence: message.sentence, as: 'ok' }, { type: 'account/sessions' }] };
    case 'refused':
      return { state: { ...state, isBusy: false, problem: message.sentence }, effects: [{ type: 'bell' }] };
    case 'tick':
      return onTick(state, now);
    case 'resumed':
      return state.setUp === undefined ? load(state) : stay(state);
    case 'action':
      return act(state, message.action as AccountAction);
    case 'key':
      return onKey({ ...state, problem: undefined }, message.key);
    default:
      return stay(state);
  }
}

export function load(state: AccountState): Next {
  const factors: AccountEffect = { type: 'account/factors', quietly: true };
  return { state, effects: state.isSetUp ? [factors] : [{ type: 'account/sessions' }, factors] };
}

export function isTyping({ setUp, question }: AccountState): boolean {
  return question === undefined && (setUp?.kind === 'totp' || setUp?.kind === 'sms' || setUp?.kind === 'phone');
}

/** A device that has just been paired is news: with the first way in come the codes for when it is lost. */
function onFactors(state: AccountState, factors: NonNullable<AccountState['factors']>): Next {
  const isPaired = state.setUp?.kind === 'app' && state.factors?.factors.includes('app') !== true && factors.factors.includes('app');
  const next = { ...state, factors, isBusy: false };
  return isPaired ? paired(next) : stay(next);
}

function paired(state: AccountState): Next {
  if ((state.factors?.recoveryCodes ?? 0) > 0) return onSetUp(state, []);
  return { state: { ...state, isBusy: true }, effects: [{ type: 'account/begin', factor: 'recovery' }] };
}

function onSetUp(state: AccountState, codes: readonly string[]): Next {
  const next = { ...state, field: EMPTY_FIELD, isBusy: false, problem: undefined };
  if (codes.length > 0) return stay({ ...next, setUp: { kind: 'codes', codes } });
  return finished(next);
}

/** Also after the codes were written down. */
function finished(state: AccountState): Next {
  if (state.isSetUp) return { state, effects: [{ type: 'say', sentence: { id: 'account.is-set-up' }, as: 'ok' }, { type: 'back' }] };
  const next = load({ ...state, setUp: undefined });
  return { ...next, effects: [{ type: 'say', sentence: { id: 'account.is-set-up' }, as: 'ok' }, ...next.effects] };
}

function onTick(state: AccountState, now: number): Next {
  const { setUp, isBusy } = state;
  if (setUp?.kind !== 'app') return stay(state);
  const next = { ...state, setUp: counted(setUp, now) };
  // Whether the device has been paired meanwhile, every other second.
  const isToAsk = !isBusy && Math.floor(now / 1000) % 2 === 0;
  return isToAsk ? { state: next, effects: [{ type: 'account/factors', quietly: true }] } : stay(next);
}

function counted(setUp: SetUp, now: number): SetUp {
  if (setUp.kind !== 'app') return setUp;
  return { ...setUp, secondsLeft: Math.max(0, Math.ceil((Date.parse(setUp.expiresAt) - now) / 1000)) };
}

function onKey(state: AccountState, key: Key): Next {
  if (state.question !== undefined) return onAnswer(state, key);
  const looked = lookUp(ACCOUNT_KEYS, state, key);
  const isLetter = key.kind === 'paste' || [...key.name].length === 1;
  if (looked !== undefined && !(isTyping(state) && isLetter) && 'action' in looked) return act(state, looked.action);
  if (isTyping(state)) {
    const field = editField(state.field, key);
    return field === undefined ? { state, effects: [{ type: 'bell' }] } : stay({ ...state, field });
  }
  return looked === undefined ? stay(state) : { state, effects: [{ type: 'bell' }] };
}

function onAnswer(state: AccountState, key: Key): Next {
  const name = key.kind === 'key' ? key.name : '';
  const { question, ...rest } = state;
  if (name === 'escape') return stay({ ...rest, question: undefined });
  if (name !== 'enter') return stay(state);
  const answered = { ...rest, question: undefined };
  if (question!.kind === 'kept') return finished(answered);
  const effect: AccountEffect = question!.kind === 'end' ? { type: 'account/end', session: question!.session.session } : { type: `account/${question!.kind}` };
  return { state: { ...answered, isBusy: true }, effects: [effect] };
}

function act(state: AccountState, action: AccountAction): Next {
  const count = rowsOf(state).length;
  const to = (selected: number) => stay({ ...state, selected: clamp(selected, count) });
  const at = clamp(state.selected, count);
  switch (action) {
    case 'up':
      return to(at - 1);
    case 'down':
      return to(at + 1);
    case 'first':
      return to(0);
    case 'last':
      return to(count - 1);
    case 'reload':
      return load(state);
    case 'back':
      return back(state);
    case 'end':
    case 'choose':
      return state.setUp === undefined ? choose(state) : goOn(state, state.setUp);
  }
}

function back(state: AccountState): Next {
  if (state.setUp?.kind === 'codes') return stay({ ...state, question: { kind: 'kept' } });
  if (state.setUp !== undefined) return stay({ ...state, setUp: undefined, field: EMPTY_FIELD, isBusy: false, problem: undefined });
  if (state.isSetUp && !isProtected(state)) return stay({ ...state, question: { kind: 'leave' } });
  return { state, effects: [{ type: 'back' }] };
}

function choose(state: AccountState): Next {
  const row = selectedRow(state);
  switch (row?.kind) {
    case 'session':
      if (row.session.here) return { state, effects: [{ type: 'say', sentence: { id: 'account.is-here' }, as: 'warning' }] };
      return stay({ ...state, question: { kind: 'end', session: row.session } });
    case 'everywhere':
      return stay({ ...state, question: { kind: 'everywhere' } });
    case 'show':
      return ask(state, { type: 'account/factors', quietly: false });
    case 'sms':
      return stay({ ...state, setUp: { kind: 'phone' }, field: EMPTY_FIELD });
    case 'app':
    case 'totp':
    case 'recovery':
      return ask(state, { type: 'account/begin', factor: row.kind });
    default:
      return { state, effects: [{ type: 'back' }] };
  }
}

/** Enter on a page where something is set up. */
function goOn(state: AccountState, setUp: SetUp): Next {
  const text = state.field.text.trim();
  if (setUp.kind === 'codes') return stay({ ...state, question: { kind: 'kept' } });
  if (setUp.kind === 'app') return state.factors?.factors.includes('app') === true ? paired(state) : notPaired(state);
  if (text === '') return stay({ ...state, problem: { id: setUp.kind === 'phone' ? 'account.phone-missing' : 'account.code-missing' } });
  if (setUp.kind === 'phone') return ask(state, { type: 'account/phone', phone: text.replace(/[ ()-]/g, '') });
  return ask({ ...state, field: EMPTY_FIELD }, { type: 'account/confirm', factor: setUp.kind, code: text });
}

function notPaired(state: AccountState): Next {
  return { state: { ...state, problem: { id: 'account.not-paired' } }, effects: [{ type: 'account/factors', quietly: true }] };
}

function ask(state: AccountState, effect: AccountEffect): Next {
  return { state: { ...state, isBusy: true, problem: undefined }, effects: [effect] };
}

function stay(state: AccountState): Next {
  return { state, effects: [] };
}
