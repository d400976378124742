import type { SignInLogEntry } from '@portal/contract';
import { EMPTY_LIST, LIST_KEYS, clamp, matches, moveList, typeFilter, type ListAction, type ListState } from '../../components/list.js';
import {
  lookUp, type CommonEffect, type CommonMessage, type KeyBinding, type Sentence, type Services, type Update,
} from '../../platform/screen.js';

/** What happened at sign-ins, newest first, as far back as somebody has asked to see. */
export interface SignInLogState {
  readonly entries: readonly SignInLogEntry[] | undefined;
  /** There may be earlier ones. */
  readonly hasMore: boolean;
  readonly list: ListState;
  /** One of them with everything that it says. */
  readonly isOpen: boolean;
  readonly problem: Sentence | undefined;
}

export type SignInLogMessage =
  | { readonly type: 'loaded'; readonly entries: readonly SignInLogEntry[]; readonly before?: string }
  | { readonly type: 'refused'; readonly sentence: Sentence };
export interface SignInLogEffect {
  readonly type: 'sign-in-log/load';
  readonly limit: number;
  /** A position. */
  readonly before?: string;
}

export type Action = ListAction | 'open' | 'earlier' | 'reload' | 'back';
type Next = Update<SignInLogState, SignInLogEffect | CommonEffect>;

export const SIGN_IN_LOG_KEYS: readonly KeyBinding<SignInLogState, Action>[] = [
  { action: 'open', keys: ['enter'], description: 'sign-in-log.key.open', footer: 1, whyNot: (state) => (selectedOf(state) === undefined ? 'sign-in-log.why.none' : undefined) },
  { action: 'earlier', keys: ['m'], description: 'sign-in-log.key.earlier', footer: 2, whyNot: ({ hasMore }) => (hasMore ? undefined : 'sign-in-log.why.all') },
  ...(LIST_KEYS as readonly KeyBinding<SignInLogState, ListAction>[]),
  { action: 'reload', keys: ['f5'], description: 'key.reload', footer: 4 },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];

/** Heading, filter and the heads of the columns. */
export const FIXED_ROWS = 4;
const PAGE = 200;

export const signInLogStart = (): Next =>
  load({ entries: undefined, hasMore: false, list: EMPTY_LIST, isOpen: false, problem: undefined });

/** A newer one on top moves nothing that is being looked at: reading again is asked for. */
export function updateSignInLog(state: SignInLogState, message: SignInLogMessage | CommonMessage, services: Pick<Services, 'size'>): Next {
  switch (message.type) {
    case 'loaded':
      return stay(loaded(state, message));
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'action':
      return act(state, message.action as Action, services);
    case 'key': {
      if (state.isOpen) return stay({ ...state, isOpen: !(message.key.kind === 'key' && ['escape', 'enter'].includes(message.key.name)) });
      if (state.list.isTyping) return stay({ ...state, list: typeFilter(state.list, message.key) });
      const looked = lookUp(SIGN_IN_LOG_KEYS, state, message.key);
      if (looked === undefined) return stay(state);
      if ('action' in looked) return act(state, looked.action, services);
      return { state, effects: [{ type: 'bell' }, { type: 'say', sentence: looked.sentence, as: 'warning' }] };
    }
    default:
      return stay(state);
  }
}

export function shownEntries({ entries = [], list }: SignInLogState): readonly SignInLogEntry[] {
  return entries.filter((entry) => matches(list, [entry.type, entry.person, entry.username, entry.by, entry.device, entry.factor, entry.reason, entry.recordedAt].join(' ')));
}

export const selectedOf = (state: SignInLogState): SignInLogEntry | undefined => {
  const rows = shownEntries(state);
  return rows[clamp(state.list.selected, rows.length)];
};

function loaded(state: SignInLogState, { entries, before }: Extract<SignInLogMessage, { type: 'loaded' }>): SignInLogState {
  const all = before === undefined ? entries : [...(state.entries ?? []), ...entries];
  return { ...state, entries: all, hasMore: entries.length === PAGE, problem: undefined };
}

function act(state: SignInLogState, action: Action, { size }: Pick<Services, 'size'>): Next {
  const list = moveList(state.list, action, shownEntries(state).length, Math.max(1, size.rows - FIXED_ROWS));
  if (list !== undefined) return stay({ ...state, list });
  if (action === 'reload') return load(state);
  if (action === 'open') return stay({ ...state, isOpen: selectedOf(state) !== undefined });
  if (action === 'earlier') return load(state, state.entries?.at(-1)?.position);
  // What was filtered is shown again before the page is left.
  if (state.list.filter.text !== '') return stay({ ...state, list: EMPTY_LIST });
  return { state, effects: [{ type: 'back' }] };
}

function load(state: SignInLogState, before?: string): Next {
  return { state, effects: [{ type: 'sign-in-log/load', limit: PAGE, ...(before !== undefined && { before }) }] };
}

function stay(state: SignInLogState): Next {
  return { state, effects: [] };
}
