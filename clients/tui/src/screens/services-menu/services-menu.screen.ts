import type { ServiceEntry } from '@portal/contract';
import { clamp } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type Frame, type KeyBinding, type Line, type Screen, type Sentence, type Size,
  type Update, type ViewContext,
} from '../../platform/screen.js';
import { fit, fitRight, width, wrap } from '../../platform/text/width.js';

/** All services: a left menu with what waits for this person beside each entry. */

export interface ServicesMenuState {
  readonly services: readonly ServiceEntry[] | undefined;
  readonly selected: number;
  readonly problem: Sentence | undefined;
}

export type ServicesMenuMessage =
  | { readonly type: 'loaded'; readonly services: readonly ServiceEntry[] }
  | { readonly type: 'refused'; readonly sentence: Sentence };
export type ServicesMenuEffect = { readonly type: 'services-menu/load' } | { readonly type: 'services-menu/sign-out' };

type Action = 'open' | 'up' | 'down' | 'first' | 'last' | 'reload' | 'account' | 'sign-out';
type Next = Update<ServicesMenuState, ServicesMenuEffect | CommonEffect>;

const KEYS: readonly KeyBinding<ServicesMenuState, Action>[] = [
  {
    action: 'open',
    keys: ['enter', 'right', 'l'],
    description: 'key.open',
    footer: 1,
    whyNot: (state) => (state.services === undefined ? 'why.loading' : undefined),
  },
  { action: 'up', keys: ['up', 'k', 'shift-tab'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j', 'tab'], description: 'key.down' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'account', keys: ['M'], description: 'services-menu.key.account' },
  { action: 'sign-out', keys: ['S'], description: 'key.sign-out' },
];

export const servicesMenuScreen: Screen<ServicesMenuState, ServicesMenuMessage, ServicesMenuEffect, object> = {
  name: 'services-menu',
  init: () => load({ services: undefined, selected: 0, problem: undefined }),
  update,
  view,
  keys: KEYS,
  title: (_, { t }) => t('services-menu.title'),
};

function update(state: ServicesMenuState, message: ServicesMenuMessage | CommonMessage): Next {
  switch (message.type) {
    case 'loaded':
      return stay(loaded(state, message.services));
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'resumed':
    case 'changed':
      return load(state);
    case 'action':
      return act(state, message.action as Action);
    case 'key': {
      const looked = lookUp(KEYS, state, message.key);
      return looked !== undefined && 'action' in looked ? act(state, looked.action) : stay(state);
    }
    default:
      return stay(state);
  }
}

/** At first what has something waiting is selected. */
function loaded(state: ServicesMenuState, services: readonly ServiceEntry[]): ServicesMenuState {
  const first = Math.max(0, services.findIndex(({ waiting }) => waiting > 0));
  return { services, selected: state.services === undefined ? first : state.selected, problem: undefined };
}

type Entry = ServiceEntry['service'] | 'account' | 'sign-out';

/** None before it is known what there is: least of all a way out under the cursor. */
function entries({ services }: ServicesMenuState): readonly Entry[] {
  if (services === undefined) return [];
  return [...services.map(({ service }) => service), 'account', 'sign-out'];
}

function act(state: ServicesMenuState, action: Action): Next {
  const all = entries(state);
  const at = clamp(state.selected, all.length);
  const to = (selected: number) => stay({ ...state, selected: clamp(selected, all.length) });
  if (action === 'up') return to(at - 1);
  if (action === 'down') return to(at + 1);
  if (action === 'first') return to(0);
  if (action === 'last') return to(all.length - 1);
  if (action === 'reload') return load(state);
  if (action === 'sign-out' || (action === 'open' && all[at] === 'sign-out')) return { state, effects: [{ type: 'services-menu/sign-out' }] };
  const service = action === 'account' ? action : all[at];
  if (service === 'audit') return { state, effects: [{ type: 'go', to: 'sign-in-log', params: {} }] };
  if (service === 'account' || service === 'documents' || service === 'emi' || service === 'iamis') return { state, effects: [{ type: 'go', to: service, params: {} }] };
  return { state, effects: [{ type: 'say', sentence: { id: 'services-menu.later' } }] };
}

function load(state: ServicesMenuState): Next {
  return { state, effects: [{ type: 'services-menu/load' }] };
}

function stay(state: ServicesMenuState): Next {
  return { state, effects: [] };
}

const MENU_COLUMNS = 46;

function view(state: ServicesMenuState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const message: Line | undefined = state.problem && [{ text: ` ! ${t(state.problem.id, state.problem.values)}`, as: 'error' }];
  if (state.services === undefined) return { lines: [], message: message ?? ` ${t('list.loading')}` };
  const menu = menuLines(state, context);
  const selected = entries(state)[clamp(state.selected, entries(state).length)]!;
  const columns = Math.max(20, size.columns - MENU_COLUMNS - 5);
  const about = ['', t(`services-menu.service.${selected}`), '', ...wrap(t(`services-menu.about.${selected}`), columns)];
  const rows = Math.min(size.rows, Math.max(menu.length, about.length));
  const lines = Array.from({ length: rows }, (_, index): Line => {
    const left = menu[index] ?? ' '.repeat(MENU_COLUMNS);
    return [...(typeof left === 'string' ? [fit(left, MENU_COLUMNS)] : left), ' │ ', about[index] ?? ''];
  });
  return { lines, ...(message && { message }) };
}

function menuLines(state: ServicesMenuState, context: ViewContext): readonly Line[] {
  const { t } = context;
  const lines: Line[] = [''];
  let section = '';
  entries(state).forEach((entry, index) => {
    const service = state.services?.[index];
    const its = service?.section ?? 'account';
    if (its !== section) {
      if (section !== '') lines.push('');
      lines.push([{ text: fit(` ${t(`services-menu.section.${its}`)}`, MENU_COLUMNS), as: 'heading' }]);
      section = its;
    }
    lines.push(entryLine(state, entry, index, context));
  });
  if (state.services?.length === 0) lines.push('', ...wrap(t('services-menu.none'), MENU_COLUMNS - 2));
  return lines;
}

function entryLine(state: ServicesMenuState, entry: Entry, index: number, { t }: ViewContext): Line {
  const isSelected = index === clamp(state.selected, entries(state).length);
  const waiting = entry === 'account' || entry === 'sign-out' ? '' : t(`services-menu.waiting.${entry}`, { count: state.services![index]!.waiting });
  const name = `${isSelected ? ' ▸' : '  '} ${t(`services-menu.service.${entry}`)}`;
  const text = name + fitRight(waiting, MENU_COLUMNS - 1 - width(name));
  return isSelected ? allAs(text, MENU_COLUMNS, 'selected') : fit(text, MENU_COLUMNS);
}
