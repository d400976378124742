import { clamp } from '../../components/list.js';
import {
  lookUp, sentenceWhyNot,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Services, type Update, type WhyNot,
} from '../../platform/screen.js';
import { exported, exportKeys, isExporting, type Exporting } from '../../platform/documents/exporting.js';
import { read, type PageMessage, type ReadEffect } from './moderation.messages.js';
import { isPrinting, printed, printingKeys, whyNotExport, whyNotFormula, type Printing } from './printing.js';
import { BUTTONS, selectedOf, type SummaryState } from './summary.state.js';
import { viewSummary } from './summary.view.js';
import { withBanner } from './with-banner.js';
import { isSame } from './words.js';

/** Moderator Mark Input: the counts of every component, in the capacity in which one works there. */

type Deed = Printing | 'team' | 'work-as' | 'approvals' | 'agenda' | Exporting;
type Action = Deed | 'open' | 'toolbar' | 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'back' | 'reload';
type Next = Update<SummaryState, ReadEffect | CommonEffect>;

const needsComponent = (state: SummaryState): string | undefined => {
  if (state.components === undefined) return 'why.loading';
  return selectedOf(state) === undefined ? 'iamis.why.no-component' : undefined;
};

const needsSenior = (state: SummaryState): WhyNot => needsComponent(state) ?? whyNotFormula(selectedOf(state)!);

const KEYS: readonly KeyBinding<SummaryState, Action>[] = [
  { action: 'open', keys: ['enter', 'space'], description: 'key.open', footer: 1, whyNot: needsComponent },
  { action: 'team', keys: ['t'], description: 'iamis.key.team', footer: 2, whyNot: needsComponent },
  { action: 'work-as', keys: ['w'], description: 'iamis.key.work-as', footer: 3, whyNot: needsComponent },
  {
    action: 'approvals',
    keys: ['A'],
    description: 'iamis.key.approvals',
    footer: 4,
    whyNot: (state) => {
      const role = selectedOf(state)?.capacity.role ?? '';
      return needsComponent(state) ?? (['principal', 'chair'].includes(role) ? undefined : 'iamis.why.not-approver');
    },
  },
  ...printingKeys<SummaryState>({ formula: needsSenior, print: needsComponent }, 101),
  { action: 'agenda', keys: ['a'], description: 'documents.key.agenda', footer: 104, whyNot: needsComponent },
  ...exportKeys<SummaryState>((state) => needsComponent(state) ?? whyNotExport(selectedOf(state)!), 105),
  { action: 'toolbar', keys: ['tab', 'shift-tab'], description: 'iamis.key.toolbar', footer: 10 },
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'left', keys: ['left', 'h'], description: 'key.left' },
  { action: 'right', keys: ['right', 'l'], description: 'key.right' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape'], description: 'key.back', footer: 9 },
];

export const iamisScreen: Screen<SummaryState, PageMessage, ReadEffect, object> = withBanner({
  name: 'iamis',
  init: (_: object, services: Services) => load({ components: undefined, focus: 'component', selected: 0, problem: undefined }, services),
  update,
  view: viewSummary,
  keys: KEYS,
  title: (_, { t }) => t('iamis.title'),
  worksOn: (state) => selectedOf(state)?.component,
});

function update(state: SummaryState, message: PageMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'read':
      return message.what === 'summaries' ? loaded(state, message.value, services) : stay(state);
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'resumed':
    case 'changed':
      return load(state, services);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key': {
      const looked = lookUp(KEYS, state, message.key);
      if (looked === undefined) return stay(state);
      if ('action' in looked) return act(state, looked.action, services);
      return stay(state, { type: 'bell' }, { type: 'say', sentence: looked.sentence, as: 'warning' });
    }
    default:
      return stay(state);
  }
}

/** What an earlier start had kept is taken up by this window; what the service no longer grants is given up. */
function loaded(
  state: SummaryState,
  { components, kept }: Extract<PageMessage, { what: 'summaries' }>['value'],
  services: Services,
): Next {
  const changed = components.filter(({ component }) => !isSame(services.workAs?.[component], kept[component]));
  return stay(
    { ...state, components, problem: undefined },
    ...changed.map(({ component }): CommonEffect => ({ type: 'work-as', component, capacity: kept[component] })),
  );
}

function act(state: SummaryState, action: Action, services: Services): Next {
  const at = clamp(state.selected, state.components?.length ?? 0);
  if (action === 'back') return stay(state, { type: 'back' });
  if (action === 'reload') return load(state, services);
  if (action === 'toolbar') return stay(state.focus === 'component' ? onToolbar(state) : to(state, at));
  if (action === 'up') return stay(at === 0 || state.focus !== 'component' ? onToolbar(state) : to(state, at - 1));
  if (action === 'down') return stay(state.focus === 'component' ? to(state, at + 1) : to(state, at));
  if (action === 'left') return stay(alongToolbar(state, -1));
  if (action === 'right') return stay(alongToolbar(state, 1));
  if (action === 'first') return stay(to(state, 0));
  if (action === 'last') return stay(to(state, (state.components?.length ?? 1) - 1));
  return action === 'open' && state.focus !== 'component' ? press(state, state.focus, services) : open(state, action, services);
}

/** A button on the toolbar is its key. */
function press(state: SummaryState, button: Exclude<SummaryState['focus'], 'component'>, services: Services): Next {
  const why = sentenceWhyNot(KEYS.find(({ action }) => action === button)?.whyNot?.(state));
  return why === undefined ? open(state, button, services) : stay(state, { type: 'bell' }, { type: 'say', sentence: why, as: 'warning' });
}

function open(state: SummaryState, action: Deed | 'open', services: Services): Next {
  const component = selectedOf(state);
  if (component === undefined) return stay(state);
  const params = { component };
  if (isPrinting(action)) return stay(state, printed(action, { component, paper: 'summary' }, services));
  if (isExporting(action)) return stay(state, exported(action, { component: component.component }, services));
  switch (action) {
    case 'open':
      return stay(state, { type: 'go', to: 'iamis-centres', params });
    case 'approvals':
      return stay(state, { type: 'go', to: 'iamis-approvals', params });
    case 'agenda':
      return stay(state, { type: 'documents/agenda', components: [component.component] });
    default:
      return stay(state, { type: 'go', to: 'iamis-team', params: { ...params, isWorkAs: action === 'work-as' } });
  }
}

function alongToolbar(state: SummaryState, by: number): SummaryState {
  if (state.focus === 'component') return state;
  return { ...state, focus: BUTTONS[clamp(BUTTONS.indexOf(state.focus) + by, BUTTONS.length)]! };
}

function to(state: SummaryState, selected: number): SummaryState {
  return { ...state, focus: 'component', selected: clamp(selected, state.components?.length ?? 0) };
}

const onToolbar = (state: SummaryState): SummaryState => (state.focus === 'component' ? { ...state, focus: 'team' } : state);

function load(state: SummaryState, services: Services): Next {
  return stay(state, { ...read('summaries', { component: '', centre: '' }, services), workAs: services.workAs ?? {}, begins: state.components === undefined });
}

function stay(state: SummaryState, ...effects: readonly (ReadEffect | CommonEffect)[]): Next {
  return { state, effects };
}
