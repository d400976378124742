import { editField, EMPTY_FIELD } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Services, type Update,
} from '../../platform/screen.js';
import type { CentreParams } from './centre-params.js';
import { answered, ask, askAgain, heard, NOT_ASKED, whyNotAgain } from './deeds.js';
import { exported, exportKeys, isExporting, type Exporting } from '../../platform/documents/exporting.js';
import { read, type DeedEffect, type PageMessage, type ReadEffect } from './moderation.messages.js';
import { atOf, LOOKING, type OutcomeState } from './outcome.state.js';
import { pageOf, viewOutcome } from './outcome.view.js';
import { isPrinting, printed, printingKeys, whyNotExport, whyNotFormula, type Printing } from './printing.js';
import { lookerOf, whyNotModerating } from './whose-centre.js';
import { withBanner } from './with-banner.js';

/** What came of a centre, candidate by candidate: submitted by the moderator, approved or returned by somebody senior. */

type Action =
  | Printing | Exporting
  | 'submit' | 'approve' | 'return' | 'return-marks' | 'what-if' | 'again' | 'reload' | 'back'
  | 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';
type Next = Update<OutcomeState, ReadEffect | DeedEffect | CommonEffect>;

const inState =
  (wanted: 'reviewing' | 'submitted', whyNot: string) =>
  ({ outcome }: OutcomeState): string | undefined =>
    outcome === undefined ? 'why.loading' : outcome.state === wanted ? undefined : whyNot;

/** Whoever may not is told so by the service too; here the key says it before. */
const asApprover =
  (whyNot: (state: OutcomeState) => string | undefined) =>
  (state: OutcomeState): string | undefined =>
    ['principal', 'chair'].includes(state.component.capacity.role) ? whyNot(state) : 'iamis.why.not-approver';

const whenSubmitted = inState('submitted', 'iamis.why.not-submitted');

const KEYS: readonly KeyBinding<OutcomeState, Action>[] = [
  { action: 'submit', keys: ['s'], description: 'iamis.outcome.key.submit', footer: 1, whyNot: (state) => inState('reviewing', 'iamis.why.closed')(state) ?? whyNotModerating(state) },
  { action: 'approve', keys: ['a'], description: 'iamis.outcome.key.approve', footer: 1, whyNot: asApprover(whenSubmitted) },
  { action: 'return', keys: ['b'], description: 'iamis.outcome.key.return', footer: 2, whyNot: asApprover(whenSubmitted) },
  { action: 'return-marks', keys: ['B'], description: 'iamis.outcome.key.return-marks', whyNot: asApprover(({ outcome }) => (outcome === undefined ? 'why.loading' : outcome.state === 'approved' ? 'iamis.why.closed' : undefined)) },
  { action: 'what-if', keys: ['w'], description: 'iamis.outcome.key.what-if', footer: 3, whyNot: asApprover(({ outcome }) => (outcome === undefined ? 'why.loading' : undefined)) },
  { action: 'again', keys: ['r'], description: 'iamis.key.again', whyNot: whyNotAgain },
  ...printingKeys<OutcomeState>({ formula: ({ component }) => whyNotFormula(component), print: ({ component }) => whyNotFormula(component) }),
  ...exportKeys<OutcomeState>(({ component }) => whyNotExport(component), 104),
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'page-up', keys: ['pageup'], description: 'key.page-up' },
  { action: 'page-down', keys: ['pagedown', 'space'], description: 'key.page-down' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];

export const outcomeScreen: Screen<OutcomeState, PageMessage, ReadEffect | DeedEffect, CentreParams> = withBanner({
  name: 'iamis-outcome',
  init: ({ component, centre, name }: CentreParams, services: Services) =>
    load({ ...NOT_ASKED, component, centre, name, outcome: undefined, sample: undefined, ...lookerOf(component.component, services), top: 0, mode: LOOKING }, services),
  update,
  view: viewOutcome,
  keys: KEYS,
  title: (state, { t }) => t('iamis.outcome.title', { centre: state.centre }),
  takesText: ({ mode }) => mode.kind === 'reason',
  worksOn: ({ component }) => component.component,
});

function update(before: OutcomeState, message: PageMessage | CommonMessage, services: Services): Next {
  const state = { ...before, ...lookerOf(before.component.component, services) };
  switch (message.type) {
    case 'read':
      if (message.what === 'sample') return stay({ ...state, sample: message.value });
      return stay(message.what === 'outcome' ? { ...state, outcome: message.value, problem: undefined } : state);
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'done':
    case 'not-done':
      return settled(state, message, services);
    case 'resumed':
    case 'changed':
      return load(state, services);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key':
      return onKey(heard(state, state.outcome !== undefined), message.key, services);
    default:
      return stay(state);
  }
}

function onKey(state: OutcomeState, key: Key, services: Services): Next {
  if (state.mode.kind === 'confirm') return inConfirm(state, state.mode.of, key, services);
  if (state.mode.kind === 'reason') return inReason(state, state.mode, key, services);
  const looked = lookUp(KEYS, state, key);
  if (looked === undefined) return stay(state);
  if ('action' in looked) return act(state, looked.action, services);
  return stay(state, { type: 'bell' }, { type: 'say', sentence: looked.sentence, as: 'warning' });
}

function inConfirm(state: OutcomeState, of: 'submit' | 'approve', key: Key, services: Services): Next {
  const name = key.kind === 'key' ? key.name : '';
  const closed = { ...state, mode: LOOKING };
  if (name === 'escape') return stay(closed);
  if (name !== 'enter') return stay(state, { type: 'bell' });
  return ask(closed, of === 'submit' ? { do: 'submit' } : { do: 'approve', outcome: state.outcome?.outcome ?? null }, atOf(state), services);
}

function inReason(state: OutcomeState, mode: Extract<OutcomeState['mode'], { kind: 'reason' }>, key: Key, services: Services): Next {
  const name = key.kind === 'key' ? key.name : '';
  const closed = { ...state, mode: LOOKING };
  if (name === 'escape') return stay(closed);
  if (name !== 'enter') return stay({ ...state, mode: { ...mode, field: editField(mode.field, key) ?? mode.field } });
  const reason = mode.field.text.trim();
  if (reason === '') return stay(state, { type: 'bell' }, { type: 'say', sentence: { id: 'iamis.reason.empty' }, as: 'warning' });
  return ask(closed, { do: 'return', reason, of: mode.of }, atOf(state), services);
}

function settled(state: OutcomeState, message: Extract<PageMessage, { type: 'done' | 'not-done' }>, services: Services): Next {
  const next = answered(state, message);
  if (next.done === undefined) return { state: next.state, effects: next.effects };
  const id = `iamis.done.${next.done.do}` as 'iamis.done.submit';
  return load(next.state, services, { type: 'say', sentence: { id }, as: 'ok' });
}

function act(state: OutcomeState, action: Action, services: Services): Next {
  if (isPrinting(action)) return stay(state, printed(action, { component: state.component, centre: state.centre, paper: 'formula' }, services));
  if (isExporting(action)) return stay(state, exported(action, { component: state.component.component, centre: state.centre }, services));
  const page = pageOf(state, services.size);
  const last = Math.max(0, (state.outcome?.candidates.length ?? 0) - page);
  const to = (top: number): Next => stay({ ...state, top: Math.max(0, Math.min(last, top)) });
  switch (action) {
    case 'submit':
    case 'approve':
      return stay({ ...state, mode: { kind: 'confirm', of: action } });
    case 'return':
    case 'return-marks':
      return stay({ ...state, mode: { kind: 'reason', of: action === 'return' ? 'outcome' : 'centre-marks', field: EMPTY_FIELD } });
    case 'what-if':
      return stay(state, { type: 'go', to: 'iamis-what-if', params: { ...params(state), tolerance: state.outcome?.tolerance ?? 1 } });
    case 'again':
      return askAgain(state);
    case 'reload':
      return load(state, services);
    case 'back':
      return stay(state, { type: 'back' });
    default:
      return to({ up: state.top - 1, down: state.top + 1, 'page-up': state.top - page, 'page-down': state.top + page, first: 0, last }[action]);
  }
}

const params = ({ component, centre, name }: OutcomeState): CentreParams => ({ component, centre, name });

function load(state: OutcomeState, services: Services, ...more: readonly CommonEffect[]): Next {
  return stay(state, read('outcome', atOf(state), services), read('sample', atOf(state), services), ...more);
}

function stay(state: OutcomeState, ...effects: readonly (ReadEffect | DeedEffect | CommonEffect)[]): Next {
  return { state, effects };
}
