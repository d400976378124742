import { editArea } from '../../components/area.js';
import {
  lookUp, sentenceWhyNot,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Sentence, type Services, type Update, type WhyNot,
} from '../../platform/screen.js';
import type { CentreParams } from './centre-params.js';
import { answered, ask, askAgain, heard, NOT_ASKED, whyNotAgain } from './deeds.js';
import { read, type DeedEffect, type PageMessage, type ReadEffect } from './moderation.messages.js';
import { asTyped, EMPTY_AREAS, FIELDS, isChanged, LONGEST, withRead, withSaved, type ReportState } from './report.state.js';
import { AREA_INSET, viewReport } from './report.view.js';
import { askDocument } from '../../platform/documents/ask.js';
import { lookerOf, whyNotModerating } from './whose-centre.js';
import { withBanner } from './with-banner.js';

/** The report to the centre, in English or Welsh: a draft as often as one likes, then completed, and reopened if it must be. */

type Action = 'next-field' | 'previous-field' | 'language' | 'save' | 'complete' | 'reopen' | 'again' | 'document' | 'back';
type Next = Update<ReportState, ReadEffect | DeedEffect | CommonEffect>;

const open = (state: ReportState): WhyNot => {
  if (state.saved === undefined) return 'why.loading';
  return whyNotModerating(state) ?? (state.saved.isCompleted ? 'iamis.why.report-completed' : undefined);
};

const KEYS: readonly KeyBinding<ReportState, Action>[] = [
  { action: 'save', keys: ['ctrl-s'], description: 'iamis.report.key.save', footer: 1, whyNot: (state) => open(state) ?? (isChanged(state) ? undefined : 'iamis.why.unchanged') },
  { action: 'complete', keys: ['ctrl-x', 'f10'], description: 'iamis.report.key.complete', footer: 2, whyNot: open },
  { action: 'reopen', keys: ['ctrl-r'], description: 'iamis.report.key.reopen', footer: 2, whyNot: (state) => (state.saved?.isCompleted === true ? whyNotModerating(state) : 'iamis.why.report-open') },
  { action: 'next-field', keys: ['tab'], description: 'iamis.report.key.next', footer: 3 },
  { action: 'previous-field', keys: ['shift-tab'], description: 'iamis.report.key.previous' },
  { action: 'language', keys: ['ctrl-t', 'f2'], description: 'iamis.report.key.language', footer: 4, whyNot: open },
  { action: 'again', keys: ['f5'], description: 'iamis.key.again', whyNot: whyNotAgain },
  { action: 'document', keys: ['f4'], description: 'documents.key.centre-report', footer: 5, whyNot: ({ saved }) => (saved === undefined ? 'why.loading' : undefined) },
  { action: 'back', keys: ['escape'], description: 'key.back', footer: 9 },
];

export const reportScreen: Screen<ReportState, PageMessage, ReadEffect | DeedEffect, CentreParams> = withBanner({
  name: 'iamis-report',
  init: ({ component, centre, name }: CentreParams, services: Services) => {
    const state: ReportState = { ...NOT_ASKED, component, centre, name, saved: undefined, sample: undefined, ...lookerOf(component.component, services), language: 'en', areas: EMPTY_AREAS, focus: 0, isLeaving: false };
    return load(state, services);
  },
  update,
  view: viewReport,
  keys: KEYS,
  title: (state, { t }) => t('iamis.report.title', { centre: state.centre }),
  takesText: (state) => open(state) === undefined,
  unsaved: (state) => (isChanged(state) ? { id: 'iamis.report.unsaved' } : undefined),
  worksOn: ({ component }) => component.component,
});

function update(before: ReportState, message: PageMessage | CommonMessage, services: Services): Next {
  const state = { ...before, ...lookerOf(before.component.component, services) };
  switch (message.type) {
    case 'read':
      if (message.what === 'sample') return stay({ ...state, sample: message.value });
      return stay(message.what === 'report' ? { ...withRead(state, message.value), problem: undefined } : state);
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'done':
    case 'not-done':
      return settled(state, message);
    case 'resumed':
    case 'changed':
      return state.asked === undefined ? load(state, services) : stay(state);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key':
      return onKey(heard(state, state.saved !== undefined), message, services);
    default:
      return stay(state);
  }
}

function onKey(state: ReportState, { key }: Extract<CommonMessage, { type: 'key' }>, services: Services): Next {
  const looked = lookUp(KEYS, state, key);
  if (looked !== undefined && 'action' in looked) return act({ ...state, isLeaving: looked.action === 'back' && state.isLeaving }, looked.action, services);
  if (looked !== undefined) return warn(state, looked.sentence);
  const why = sentenceWhyNot(open(state));
  if (why !== undefined) return warn(state, why);
  const field = FIELDS[state.focus]!;
  const area = editArea(state.areas[field], key, { columns: services.size.columns - AREA_INSET, longest: LONGEST });
  if (area === undefined) return stay(state, { type: 'bell' });
  return stay({ ...state, isLeaving: false, areas: { ...state.areas, [field]: area } });
}

function act(state: ReportState, action: Action, services: Services): Next {
  const to = (by: number) => stay({ ...state, focus: (state.focus + by + FIELDS.length) % FIELDS.length });
  if (action === 'next-field') return to(1);
  if (action === 'previous-field') return to(-1);
  if (action === 'language') return stay({ ...state, language: state.language === 'en' ? 'cy' : 'en' });
  if (action === 'save') return send(state, false, services);
  if (action === 'complete') return complete(state, services);
  if (action === 'reopen') return ask(state, { do: 'reopen-report' }, atOf(state), services);
  if (action === 'document') return stay(state, askDocument({ kind: 'centre-report', language: state.language, ...atOf(state) }, services));
  return action === 'again' ? askAgain(state) : back(state, services);
}

/** What is missing is shown before the service has to say it. */
function complete(state: ReportState, services: Services): Next {
  const missing = FIELDS.findIndex((field) => field !== 'comments' && state.areas[field].text.trim() === '');
  if (missing >= 0) return warn({ ...state, focus: missing }, { id: 'iamis.why.report-missing' });
  return send(state, true, services);
}

function send(state: ReportState, isComplete: boolean, services: Services): Next {
  return ask(state, { do: 'save-report', report: asTyped(state, isComplete) }, atOf(state), services);
}

/** Leaving saves a draft first; where that cannot be done, a second Esc says so, and leaves. */
function back(state: ReportState, services: Services): Next {
  if (!isChanged(state) || state.saved?.isCompleted === true) return stay(state, { type: 'back' });
  if (state.isLeaving) return stay(state, { type: 'back' }, { type: 'say', sentence: { id: 'iamis.report.not-saved' }, as: 'warning' });
  if (state.asked !== undefined) return warn({ ...state, isLeaving: true }, { id: 'iamis.report.escape-again' });
  return send({ ...state, isLeaving: true }, false, services);
}

function settled(state: ReportState, message: Extract<PageMessage, { type: 'done' | 'not-done' }>): Next {
  const next = answered(state, message);
  const { done } = next;
  if (done === undefined) return { state: next.state, effects: next.effects };
  if (done.do === 'reopen-report') return said({ ...next.state, saved: state.saved && { ...state.saved, isCompleted: false } }, 'iamis.report.reopened');
  if (done.do !== 'save-report') return stay(next.state);
  const saved = withSaved(next.state, done.report);
  const sentence = { id: done.report.complete === true ? 'iamis.report.completed' : 'iamis.report.saved' } as const;
  if (!state.isLeaving) return said(saved, sentence.id);
  return stay(saved, { type: 'back' }, { type: 'say', sentence, as: 'ok' });
}

const said = (state: ReportState, id: 'iamis.report.completed' | 'iamis.report.saved' | 'iamis.report.reopened'): Next =>
  stay(state, { type: 'say', sentence: { id }, as: 'ok' });

const warn = (state: ReportState, sentence: Sentence): Next => stay(state, { type: 'bell' }, { type: 'say', sentence, as: 'warning' });

const atOf = ({ component, centre }: ReportState) => ({ component: component.component, centre });

function load(state: ReportState, services: Services): Next {
  return stay(state, read('report', atOf(state), services), read('sample', atOf(state), services));
}

function stay(state: ReportState, ...effects: readonly (ReadEffect | DeedEffect | CommonEffect)[]): Next {
  return { state, effects };
}
