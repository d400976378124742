import type { EmiSummary, Receipt } from '@portal/contract';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Services, type Update,
} from '../../platform/screen.js';
import { askDocument } from '../../platform/documents/ask.js';
import type { Key } from '../../platform/input/key.js';
import { seen, type SubmissionEffect, type SubmissionMessage, type SubmissionState } from './submission.state.js';
import { pageLines, titleOfSubmission, viewSubmission } from './submission.view.js';

/** Summary → one confirmation → receipt. Waits until nothing is queued on this machine. */

type Action = 'submit' | 'again' | 'save' | 'document' | 'up' | 'down' | 'page-up' | 'page-down' | 'back';
type Next = Update<SubmissionState, SubmissionEffect | CommonEffect>;

const KEYS: readonly KeyBinding<SubmissionState, Action>[] = [
  {
    action: 'submit',
    keys: ['enter', 's'],
    description: 'submission.key.submit',
    footer: 1,
    whyNot: ({ page }) =>
      page === 'receipt' ? 'submission.why.done' : page === 'summary' || page === 'confirm' ? undefined : 'submission.why.not-ready',
  },
  {
    action: 'again',
    keys: ['r', 'f5'],
    description: 'submission.key.again',
    footer: 1,
    whyNot: ({ page }) => (page === 'failed' ? undefined : 'submission.why.nothing-failed'),
  },
  {
    action: 'save',
    keys: ['w', 'p'],
    description: 'submission.key.save',
    footer: 1,
    whyNot: ({ page }) => (page === 'receipt' ? undefined : 'submission.why.no-receipt'),
  },
  {
    action: 'document',
    keys: ['d'],
    description: 'documents.key.receipt',
    footer: 2,
    whyNot: ({ page }) => (page === 'receipt' ? undefined : 'submission.why.no-receipt'),
  },
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'page-up', keys: ['pageup'], description: 'key.page-up' },
  { action: 'page-down', keys: ['pagedown', 'space'], description: 'key.page-down' },
  { action: 'back', keys: ['escape'], description: 'key.back', footer: 9 },
];

export const submissionScreen: Screen<SubmissionState, SubmissionMessage, SubmissionEffect, { readonly component: EmiSummary }> = {
  name: 'submission',
  init: ({ component }, services) => prepare(start(component, services)),
  update,
  view: viewSubmission,
  keys: KEYS,
  title: titleOfSubmission,
};

function start(component: EmiSummary, services: Services): SubmissionState {
  return {
    page: 'waiting',
    component,
    sheets: [],
    left: component.left,
    commandId: services.newId(),
    queued: 0,
    isOffline: false,
    notTaken: [],
    receipt: undefined,
    problem: undefined,
    saved: undefined,
    top: 0,
  };
}

function update(state: SubmissionState, message: SubmissionMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'key':
      return onKey({ ...state, saved: undefined }, message.key, services);
    case 'action':
      return act(state, message.action as Action, services);
    case 'waiting':
      return stay({ ...state, queued: message.queued, isOffline: message.isOffline });
    case 'prepared':
      return stay({ ...state, page: 'summary', sheets: message.sheets, left: message.left, notTaken: message.notTaken ?? [], ...READY });
    case 'submitted':
      return stay({ ...state, page: 'receipt', receipt: message.receipt, problem: undefined, top: 0 });
    case 'refused':
      return refused(state, message);
    case 'saved':
      return stay({ ...state, saved: message.sentence });
    case 'resumed':
      return state.page === 'failed' ? again(state) : stay(state);
    default:
      return stay(state);
  }
}

const READY = { queued: 0, isOffline: false, problem: undefined } as const;

function onKey(state: SubmissionState, key: Key, services: Services): Next {
  const looked = lookUp(KEYS, state, key);
  if (looked === undefined) return stay(state);
  if ('action' in looked) return act(state, looked.action, services);
  return { state, effects: [{ type: 'say', sentence: { id: looked.whyNot }, as: 'warning' }] };
}

function act(state: SubmissionState, action: Action, services: Services): Next {
  if (action === 'back') return state.page === 'confirm' ? stay({ ...state, page: 'summary' }) : { state, effects: [{ type: 'back' }] };
  if (action === 'submit' && state.page === 'summary') return confirm(state);
  if (action === 'submit' && state.page === 'confirm') return submit(state);
  if (action === 'again' && state.page === 'failed') return again(state);
  if (action === 'save' && state.receipt !== undefined) return { state, effects: [{ type: 'submission/save', receipt: state.receipt }] };
  if (action === 'document' && state.receipt !== undefined) return asked(state, state.receipt, services);
  return scroll(state, action, services);
}

function asked(state: SubmissionState, { receipt, component }: Receipt, services: Services): Next {
  return { state, effects: [askDocument({ kind: 'receipt', component, receipt }, services)] };
}

function confirm(state: SubmissionState): Next {
  if (seen(state.sheets).length > 0) return stay({ ...state, page: 'confirm' });
  return { state, effects: [{ type: 'bell' }, { type: 'say', sentence: { id: 'submission.nothing' }, as: 'warning' }] };
}

function submit(state: SubmissionState): Next {
  const { commandId, component, sheets } = state;
  const effect: SubmissionEffect = {
    type: 'submission/submit',
    component: component.component,
    sheets: seen(sheets),
    commandId,
  };
  return { state: { ...state, page: 'sending', problem: undefined }, effects: [effect] };
}

/** A refusal of the submission itself begins a new one; an answer that was lost is asked for with the same number. */
function refused(state: SubmissionState, message: Extract<SubmissionMessage, { type: 'refused' }>): Next {
  const sheets = message.mayRepeat ? state.sheets : [];
  return { state: { ...state, page: 'failed', sheets, problem: message.sentence }, effects: [{ type: 'bell' }] };
}

function again(state: SubmissionState): Next {
  return state.sheets.length > 0 ? submit(state) : prepare({ ...state, page: 'waiting', problem: undefined });
}

function prepare(state: SubmissionState): Next {
  return { state, effects: [{ type: 'submission/prepare', component: state.component.component }] };
}

function scroll(state: SubmissionState, action: Action, { size }: Services): Next {
  const steps: Partial<Record<Action, number>> = { up: -1, down: 1, 'page-up': -size.rows, 'page-down': size.rows };
  const last = Math.max(0, pageLines(state).length - size.rows);
  return stay({ ...state, top: Math.max(0, Math.min(last, state.top + (steps[action] ?? 0))) });
}

function stay(state: SubmissionState): Next {
  return { state, effects: [] };
}
