import type { IamisCentre, IamisSummary } from '@portal/contract';
import { clamp, EMPTY_LIST, LIST_KEYS, moveList, typeFilter, type ListAction } from '../../components/list.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Services, type Update,
} from '../../platform/screen.js';
import { exported, exportKeys, isExporting, type Exporting } from '../../platform/documents/exporting.js';
import { FIXED_ROWS, viewCentres } from './centres.view.js';
import { centreAt, shownCentres, type CentresState } from './centres.state.js';
import { answered, askAgain, heard, NOT_ASKED, whyNotAgain } from './deeds.js';
import { read, type DeedEffect, type PageMessage, type ReadEffect } from './moderation.messages.js';
import { chooseModerator, moderatorsOf, updateMove } from './moving-centres.js';
import { isPrinting, printed, printingKeys, whyNotExport, whyNotFormula, type Printing } from './printing.js';
import { withBanner } from './with-banner.js';

/** The centres of a component, or those whose outcome waits for the principal; Enter opens the review, or the outcome. */

type Action = ListAction | Printing | Exporting | 'open' | 'outcome' | 'report' | 'move' | 'again' | 'back' | 'reload';
type Next = Update<CentresState, ReadEffect | DeedEffect | CommonEffect>;
type Name = 'iamis-centres' | 'iamis-approvals';

const KEYS: readonly KeyBinding<CentresState, Action>[] = [
  { action: 'open', keys: ['enter', 'right', 'l'], description: 'key.open', footer: 1, whyNot: needsCentre },
  { action: 'outcome', keys: ['o'], description: 'iamis.key.outcome', footer: 2, whyNot: needsCentre },
  { action: 'report', keys: ['c'], description: 'iamis.key.report', footer: 3, whyNot: needsCentre },
  {
    action: 'move',
    keys: ['m'],
    description: 'iamis.key.move',
    footer: 5,
    whyNot: (state) => (isSenior(state) ? (needsCentre(state) ?? needsModerator(state)) : 'iamis.why.not-senior'),
  },
  { action: 'again', keys: ['r'], description: 'iamis.key.again', whyNot: whyNotAgain },
  ...printingKeys<CentresState>({ formula: (state) => needsCentre(state) ?? whyNotFormula(state.component), print: needsCentre }),
  ...exportKeys<CentresState>(({ component }) => whyNotExport(component), 104),
  ...(LIST_KEYS as readonly KeyBinding<CentresState, ListAction>[]),
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];

export interface CentresParams {
  readonly component: IamisSummary;
  /** Shows the centres of one moderator, until Esc. */
  readonly filter?: string;
}

export const centresScreen = centres('iamis-centres');
export const approvalsScreen = centres('iamis-approvals');

function centres(name: Name): Screen<CentresState, PageMessage, ReadEffect | DeedEffect, CentresParams> {
  return withBanner({
    name,
    init: ({ component, filter = '' }: CentresParams, services: Services) => {
      const list = { ...EMPTY_LIST, filter: { text: filter, cursor: [...filter].length } };
      return load({ ...NOT_ASKED, component, isApprovals: name === 'iamis-approvals', centres: undefined, list, move: undefined }, services);
    },
    update,
    view: viewCentres,
    keys: KEYS,
    title: (state, { t }) => t(state.isApprovals ? 'iamis.approvals' : 'iamis.centres'),
    worksOn: (state) => state.component.component,
  });
}

function needsCentre(state: CentresState): string | undefined {
  if (state.centres === undefined) return 'why.loading';
  return centreAt(state) === undefined ? 'iamis.why.no-centre' : undefined;
}

const needsModerator = (state: CentresState): string | undefined => (centreAt(state)?.moderator === '' ? 'iamis.why.nobody-allocated' : undefined);

const isSenior = ({ component }: CentresState): boolean => ['team-leader', 'principal', 'chair'].includes(component.capacity.role);

function update(state: CentresState, message: PageMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'read':
      if (message.what === 'centres') return stay({ ...state, centres: message.value, problem: undefined });
      return message.what === 'team' ? stay(chooseModerator(state, moderatorsOf(message.value.roots, message.value.person), message.value.centres)) : stay(state);
    case 'refused':
      return stay({ ...state, problem: message.sentence, move: undefined });
    case 'done':
    case 'not-done':
      return settled(state, message, services);
    case 'resumed':
    case 'changed':
      return load(state, services);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key':
      return onKey(heard(state, state.centres !== undefined), message, services);
    default:
      return stay(state);
  }
}

function onKey(state: CentresState, { key }: Extract<CommonMessage, { type: 'key' }>, services: Services): Next {
  if (state.list.isTyping) return stay({ ...state, list: typeFilter(state.list, key) });
  if (state.move !== undefined) return updateMove(state, key, services);
  const looked = lookUp(KEYS, state, key);
  if (looked === undefined) return stay(state);
  if ('action' in looked) return act(state, looked.action, services);
  return stay(state, { type: 'bell' }, { type: 'say', sentence: looked.sentence, as: 'warning' });
}

/** Marks already entered stand in the way: the senior says what becomes of them. */
function settled(state: CentresState, message: Extract<PageMessage, { type: 'done' | 'not-done' }>, services: Services): Next {
  const { asked } = state;
  const next = answered(state, message);
  if (next.done !== undefined) return load(next.state, services, { type: 'say', sentence: { id: 'iamis.moved' }, as: 'ok' });
  const isBlocked = message.type === 'not-done' && message.problem === 'entered-marks-remain' && asked?.deed.do === 'reallocate';
  if (!isBlocked) return { state: next.state, effects: next.effects };
  return stay({ ...next.state, problem: undefined, move: { kind: 'entered', at: asked.at, to: asked.deed.to } });
}

function act(state: CentresState, action: Action, services: Services): Next {
  const rows = shownCentres(state);
  const list = moveList(state.list, action, rows.length, Math.max(1, services.size.rows - FIXED_ROWS));
  if (list !== undefined) return stay({ ...state, list });
  if (action === 'reload') return load(state, services);
  if (action === 'again') return askAgain(state);
  // What was filtered is shown again before the page is left.
  if (action === 'back' && state.list.filter.text !== '') return stay({ ...state, list: EMPTY_LIST });
  if (action === 'back') return stay(state, { type: 'back' });
  const centre = rows[clamp(state.list.selected, rows.length)];
  if (action === 'documents') return stay(state, { type: 'go', to: 'documents', params: {} });
  if (isExporting(action)) return stay(state, exported(action, { component: state.component.component }, services));
  if (centre === undefined) return stay(state);
  if (isPrinting(action)) return stay(state, printed(action, { component: state.component, centre: centre.centre, paper: 'mark-sheet' }, services));
  if (action === 'move') return stay({ ...state, move: { kind: 'loading', centre } }, read('team', atOf(state, centre), services));
  return stay(state, { type: 'go', to: pageOf(state, centre, action), params: { component: state.component, centre: centre.centre, name: centre.name } });
}

function pageOf(state: CentresState, centre: IamisCentre, action: Action): string {
  if (action === 'report') return 'iamis-report';
  const isOutcome = action === 'outcome' || state.isApprovals || centre.state === 'submitted' || centre.state === 'approved';
  return isOutcome ? 'iamis-outcome' : 'iamis-review';
}

const atOf = ({ component }: CentresState, { centre }: IamisCentre) => ({ component: component.component, centre });

function load(state: CentresState, services: Services, ...more: readonly CommonEffect[]): Next {
  return stay(state, read('centres', { component: state.component.component, centre: '' }, services), ...more);
}

function stay(state: CentresState, ...effects: readonly (ReadEffect | DeedEffect | CommonEffect)[]): Next {
  return { state, effects };
}
