import { APP_KEYS, type AppAction } from './app.keys.js';
import { EMPTY_LIST } from './components/list.js';
import { EMPTY_FIELD } from './components/field.js';
import { isToLock, LOCK, type LockAfter } from './app.lock.js';
import { updateOverlay } from './app.overlays.js';
import {
  bodySize, topOf,
  type AppEffect, type AppMessage, type AppState, type Opened, type Screens, type ToScreen,
} from './app.state.js';
import { keyName, lookUp, type CommonEffect, type Services, type Typed, type Update } from './platform/screen.js';
import { THEME_AFTER } from './platform/theme.js';
import type { Key } from './platform/input/key.js';

/** The frame around all screens as one pure update: which are open, which key belongs to whom. */

export interface AppWorld {
  readonly screens: Screens;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly newId: () => string;
  /** What opens after a sign-in, and where one signs in. */
  readonly home: string;
  readonly signIn: string;
  /** Where one proves once more who one is. */
  readonly stepUp: string;
  readonly lockAfter: LockAfter;
}

export type AppUpdate = Update<AppState, AppEffect>;

const BELL: AppEffect = { type: 'bell' };

export function createApp(world: AppWorld) {
  const start = (state: Omit<AppState, 'stack' | 'nextId'>, name: string, params: unknown): AppUpdate =>
    open(world, { ...state, stack: [], nextId: 1 }, { name, params });
  return { start, update: (state: AppState, message: AppMessage) => update(world, state, message) };
}

function update(world: AppWorld, state: AppState, message: AppMessage): AppUpdate {
  switch (message.type) {
    case 'key':
      return onKey(world, { ...state, keys: state.keys + 1, idleSince: state.now, said: undefined }, message.key);
    case 'resized':
      return stay({ ...state, columns: message.columns, rows: message.rows }, { type: 'repaint' });
    case 'second':
      return onSecond(world, { ...state, now: message.now });
    case 'connection':
      if (isSame(state.connection, message.connection)) return stay(state);
      return onConnection(world, { ...state, connection: message.connection }, state.connection.kind);
    case 'rang':
      return tell(world, state, topOf(state).id, { type: 'changed' });
    case 'answered':
      return tell(world, state, message.to, message.message);
    case 'told':
      return stay({ ...state, said: { sentence: message.on?.[topOf(state).name] ?? message.sentence, as: message.as } }, ...(message.isHeard === true ? [BELL] : []));
    case 'factor-needed':
      return stepUpOver(world, state);
    case 'open':
      return message.once === true && isOpen(state, message.name) ? stay(state) : open(world, state, message);
    case 'session-ended':
      return signInOver(world, { ...state, connection: { ...state.connection, kind: 'signed-out' } });
    case 'session-began':
      return begin(world, state, message.me);
    case 'signed-out':
      return reopen(world, { ...state, person: undefined, workAs: {}, connection: { kind: 'none', queued: 0 } }, world.signIn, { stillOpen: message.stillOpen });
  }
}

/** What is covered keeps everything, and what it waits for comes all the same. */
function onSecond(world: AppWorld, state: AppState): AppUpdate {
  if (!isToLock(state, world.screens, world.lockAfter)) return tell(world, state, topOf(state).id, { type: 'tick' });
  return open(world, { ...state, overlay: undefined, said: undefined }, { name: LOCK, params: { username: state.person?.username ?? '' } });
}

function onKey(world: AppWorld, state: AppState, key: Key): AppUpdate {
  if (key.kind === 'key' && keyName(key) === 'ctrl-l') return stay(state, { type: 'repaint' });
  if (state.overlay !== undefined) return updateOverlay(state, key, contextOf(world));
  const taken = appAction(world, state, key);
  if (taken !== undefined) return taken;
  return tell(world, state, topOf(state).id, { type: 'key', key });
}

/** Undefined where the key belongs to the screen. */
function appAction(world: AppWorld, state: AppState, key: Key): AppUpdate | undefined {
  if (key.kind === 'paste') return undefined;
  const screen = world.screens[topOf(state).name]!;
  const isText = screen.takesText?.(topOf(state).state) === true;
  const isPrintable = [...key.name].length === 1 && !key.ctrl && !key.alt;
  if (isText && isPrintable) return undefined;
  if (key.name === 'q' && isPrintable && state.stack.length === 1) return doAction(world, state, 'quit');
  const looked = lookUp(APP_KEYS, state, key);
  if (looked === undefined) return undefined;
  if ('whyNot' in looked) return stay({ ...state, said: { sentence: looked.sentence, as: 'warning' } }, { type: 'bell' });
  return doAction(world, state, looked.action);
}

export function doAction(world: AppWorld, state: AppState, action: AppAction): AppUpdate {
  switch (action) {
    case 'help':
      return stay({ ...state, overlay: { kind: 'help', top: 0 } });
    case 'palette':
      return stay({ ...state, overlay: { kind: 'palette', field: EMPTY_FIELD, list: EMPTY_LIST } });
    case 'quit':
      return stay({ ...state, overlay: { kind: 'quit' } });
    case 'repaint':
      return stay(state, { type: 'repaint' });
    case 'sign-in-again':
      return signInOver(world, state);
    case 'language':
      return keepSettings({ ...state, language: state.language === 'en' ? 'cy' : 'en', said: { sentence: { id: 'language.switched' }, as: 'plain' } });
    case 'theme':
      return keepSettings({ ...state, theme: THEME_AFTER[state.theme] });
  }
}

function keepSettings(state: AppState): AppUpdate {
  return stay(state, { type: 'keep-settings', language: state.language, theme: state.theme }, { type: 'repaint' });
}

/** The same sign-in once more over whatever is open; what lies below keeps its state. */
function signInOver(world: AppWorld, state: AppState): AppUpdate {
  if (isOpen(state, world.signIn) || state.person === undefined) return stay(state);
  const params = { again: true, username: state.person.username };
  const next = open(world, { ...state, overlay: undefined }, { name: world.signIn, params, isOver: true });
  return { ...next, effects: [{ type: 'bell' }, ...next.effects] };
}

function stepUpOver(world: AppWorld, state: AppState): AppUpdate {
  if (isOpen(state, world.stepUp)) return stay(state);
  const params = { username: state.person?.username ?? '' };
  return open(world, { ...state, overlay: undefined }, { name: world.stepUp, params, isOver: true });
}

const isOpen = (state: AppState, name: string): boolean => state.stack.some((opened) => opened.name === name);

const isSame = (one: AppState['connection'], other: AppState['connection']): boolean => one.kind === other.kind && one.queued === other.queued;

function onConnection(world: AppWorld, state: AppState, before: string): AppUpdate {
  const isNews = state.connection.kind === 'signed-out' && before !== 'signed-out';
  return isNews ? signInOver(world, state) : stay(state);
}

/**
 * Another person than before finds none of what the one before had open. Who it is may become known late (a start
 * without a connection): what was opened until then is theirs.
 */
function begin(world: AppWorld, state: AppState, me: NonNullable<AppState['person']>): AppUpdate {
  const isSame = state.person === undefined || state.person.account === me.account;
  const stack = state.stack.filter(({ name }) => name !== LOCK);
  const next: AppState = { ...state, stack, person: me, connection: { ...state.connection, kind: 'online' } };
  const top = topOf(state);
  if (isSame && top.isOver) return close(world, next, top.id);
  if (isSame && top.name !== world.signIn) return tell(world, next, top.id, { type: 'resumed' });
  return reopen(world, isSame ? next : { ...next, workAs: {} }, world.home, {});
}

function reopen(world: AppWorld, state: AppState, name: string, params: unknown): AppUpdate {
  return open(world, { ...state, stack: [], overlay: undefined }, { name, params });
}

function open(world: AppWorld, state: AppState, what: { name: string; params: unknown; isOver?: boolean }): AppUpdate {
  const screen = world.screens[what.name];
  if (screen === undefined) throw new Error(`there is no screen ${what.name}`);
  const id = state.nextId;
  const begun = screen.init(what.params, servicesOf(world, state));
  const opened: Opened = { id, name: what.name, state: begun.state, isOver: what.isOver === true };
  return follow(world, { ...state, nextId: id + 1, stack: [...state.stack, opened] }, id, begun.effects);
}

/** A message for a screen that has been closed since is for nobody. */
export function tell(world: AppWorld, state: AppState, id: number, message: ToScreen): AppUpdate {
  const opened = state.stack.find((one) => one.id === id);
  if (opened === undefined) return stay(state);
  const next = world.screens[opened.name]!.update(opened.state, message, servicesOf(world, state));
  if (next.state === opened.state && next.effects.length === 0) return stay(state);
  const stack = state.stack.map((one) => (one.id === id ? { ...one, state: next.state } : one));
  return follow(world, { ...state, stack }, id, next.effects);
}

/** What a screen asks of the frame happens here; its own effects go on to their interpreters. */
function follow(world: AppWorld, state: AppState, id: number, effects: readonly Typed[]): AppUpdate {
  const asked: AppEffect[] = [];
  let next = state;
  for (const effect of effects) {
    const step = followOne(world, next, id, effect as CommonEffect);
    next = step.state;
    asked.push(...step.effects);
  }
  return { state: next, effects: asked };
}

function followOne(world: AppWorld, state: AppState, id: number, effect: CommonEffect): AppUpdate {
  switch (effect.type) {
    case 'go':
      return open(world, state, { name: effect.to, params: effect.params });
    case 'replace':
      return open(world, { ...state, stack: state.stack.filter((one) => one.id !== id) }, { name: effect.to, params: effect.params });
    case 'back':
      return close(world, state, id);
    case 'bell':
    case 'copy':
      return stay(state, effect);
    case 'say':
      return stay({ ...state, said: { sentence: effect.sentence, as: effect.as ?? 'plain' } });
    case 'work-as':
      return workAs(state, effect);
    case 'quit':
      return stay({ ...state, overlay: { kind: 'quit' } });
    default:
      return stay(state, { type: 'of-screen', from: id, effect });
  }
}

function workAs(state: AppState, { component, capacity }: Extract<CommonEffect, { type: 'work-as' }>): AppUpdate {
  const { [component]: _, ...others } = state.workAs;
  const next = { ...state, workAs: capacity === undefined ? others : { ...others, [component]: capacity } };
  const account = state.person?.account;
  return account === undefined ? stay(next) : stay(next, { type: 'keep-work-as', account, component, capacity });
}

function close(world: AppWorld, state: AppState, id: number): AppUpdate {
  if (state.stack.length === 1) return stay(state);
  const stack = state.stack.filter((one) => one.id !== id);
  // What lay below a proof waits for the answer to its own call.
  const wasTop = topOf(state).id === id && topOf(state).name !== world.stepUp;
  // Also without a key: an approval on the other device unlocks.
  const next = { ...state, stack, idleSince: state.now };
  return wasTop ? tell(world, next, topOf(next).id, { type: 'resumed' }) : stay(next);
}

function stay(state: AppState, ...effects: readonly AppEffect[]): AppUpdate {
  return { state, effects };
}

function servicesOf(world: AppWorld, state: AppState): Services {
  return { now: world.clock(), newId: world.newId, size: bodySize(state), workAs: state.workAs, language: state.language, ...(state.person && { person: state.person.username }) };
}

function contextOf(world: AppWorld) {
  return {
    screens: world.screens,
    act: (state: AppState, action: AppAction) => doAction(world, state, action),
    tell: (state: AppState, message: ToScreen) => tell(world, state, topOf(state).id, message),
  };
}
