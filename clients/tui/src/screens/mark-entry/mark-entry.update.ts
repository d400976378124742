import { EMPTY_FIELD } from '../../components/field.js';
import { lookUp, sentenceWhyNot, type CommonMessage, type Services } from '../../platform/screen.js';
import type { Key } from '../../platform/input/key.js';
import { act } from './actions.js';
import { answered, journaled, notJournaled } from './answers.js';
import { sheetOf, stay, warn, type GridMessage, type Next } from './grid.messages.js';
import type { GridState, Params } from './grid.state.js';
import { loaded } from './loading.js';
import { GRID_KEYS, type GridAction } from './mark-entry.keys.js';
import { takesKeys, updateMode } from './modes.js';
import { preview } from './pasting.js';
import { setAside } from './set-aside.js';
import { leaveCell, typeInCell } from './typing.js';
import { verified } from './verifying.js';

/** The grid: keys and answers in, the next state and what is to be done out. Pure. */

export function init({ component, centre, name, sheets = [], isNext = false }: Params, { now }: Services): Next {
  const state: GridState = {
    component,
    centre,
    name,
    sheets,
    maximum: component.maximum,
    halfMarks: component.halfMarks,
    isLoading: true,
    problem: undefined,
    rows: [],
    shown: [],
    cursor: 0,
    cell: undefined,
    isBlind: false,
    mode: isNext ? { kind: 'first', field: EMPTY_FIELD } : { kind: 'marks' },
    filter: '',
    undo: [],
    redo: [],
    lastTyped: undefined,
    options: { autoAdvance: false, hideNames: false },
    status: { connection: 'online', queued: 0, lastAcknowledgedAt: undefined },
    handOver: [],
    dealtWith: [],
    controlTotal: '',
    controlChecked: false,
    isFresh: true,
    isStale: false,
    readAt: now,
  };
  return stay(state, { type: 'mark-entry/open', ...sheetOf(state) });
}

export function update(state: GridState, message: GridMessage | CommonMessage, services: Services): Next {
  const next = updated(state, message, services);
  // What is read has just come from the journal.
  const aside = message.type === 'loaded' ? undefined : setAside(state, next.state);
  return aside === undefined ? next : { state: next.state, effects: [aside, ...next.effects] };
}

function updated(state: GridState, message: GridMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'key':
      return onKey(state, message.key, services);
    case 'action':
      return onAction(state, message.action as GridAction, services);
    case 'loaded':
      return loaded(state, message, services.now);
    case 'refused':
      return stay({ ...state, problem: message.sentence, isStale: false });
    case 'journaled':
      return stay(journaled(state, message.commandIds));
    case 'not-journaled':
      return notJournaled(state, message);
    case 'answered':
      return answered(state, message.answer);
    case 'status':
      return stay({ ...state, status: message.status });
    case 'verified':
      return verified(state, message.candidate, message.mark, message.problem);
    case 'history':
      return onHistory(state, message);
    case 'reported':
      return stay({ ...state, isStale: true }, { type: 'say', sentence: message.sentence, as: message.isDone ? 'ok' : 'warning' });
    case 'resumed':
      return stay(state, { type: 'mark-entry/reload', ...sheetOf(state) });
    case 'changed':
      return stay({ ...state, isStale: true });
    case 'tick':
      return onTick(state, services);
  }
}

function onKey(state: GridState, key: Key, services: Services): Next {
  if (key.kind === 'paste') {
    if (takesKeys(state)) return updateMode(state, key, services);
    return state.isLoading ? loading(state) : preview({ ...state, isFresh: false }, key.text);
  }
  if (takesKeys(state) && !(state.isLoading && key.name === 'enter')) return updateMode(state, key, services);
  if (state.isLoading && key.name !== 'escape') return loading(state);
  const fresh = { ...state, isFresh: false };
  const typed = typeInCell(fresh, key, services);
  if (typed !== undefined) return typed;
  if (key.name === 'tab') return onTab(fresh, services, key.shift === true);
  const looked = lookUp(GRID_KEYS, fresh, key);
  if (looked === undefined) return warn(fresh, { id: 'frame.no-such-key' });
  return 'action' in looked ? act(fresh, looked.action, services) : warn(fresh, { id: looked.whyNot });
}

const loading = (state: GridState): Next => stay(state, { type: 'bell' });

/** Takes what is typed, and goes on to the next blank. */
function onTab(state: GridState, services: Services, isBackwards: boolean): Next {
  const left = leaveCell(state, services, (next) => next);
  const moved = act(left.state, isBackwards ? 'previous-blank' : 'next-blank', services);
  return { state: moved.state, effects: [...left.effects, ...moved.effects] };
}

function onAction(state: GridState, action: GridAction, services: Services): Next {
  const whyNot = sentenceWhyNot(GRID_KEYS.find((binding) => binding.action === action)?.whyNot?.(state));
  if (whyNot !== undefined) return warn(state, whyNot);
  return state.isLoading && action !== 'back' ? loading(state) : act({ ...state, isFresh: false }, action, services);
}

function onHistory(state: GridState, { candidate, entries }: Extract<GridMessage, { type: 'history' }>): Next {
  const { mode } = state;
  if (mode.kind !== 'history' || mode.candidate !== candidate) return stay(state);
  return stay({ ...state, mode: { ...mode, entries } });
}

/** Read again when the service said that something moved, or could not be read: not at every key, nor in the rush of marks. */
function onTick(state: GridState, { now }: Services): Next {
  const isDue = state.problem !== undefined || (state.isStale && !state.isLoading && state.status.queued === 0);
  if (!isDue || now - state.readAt < READ_AGAIN_MS) return stay(state);
  return stay({ ...state, isStale: false, readAt: now }, { type: 'mark-entry/reload', ...sheetOf(state) });
}

const READ_AGAIN_MS = 3_000;
