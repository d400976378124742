import type { IamisSummary } from '@portal/contract';
import { clamp } from '../../components/list.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type KeyBinding, type Screen, type Services, type Update,
} from '../../platform/screen.js';
import { read, type PageMessage, type ReadEffect } from './moderation.messages.js';
import { chosenAt, rowsOf, type TeamState } from './team.state.js';
import { TEAM_FIXED_ROWS, viewTeam } from './team.view.js';
import { withBanner } from './with-banner.js';

/** View team: the roles one holds, the tree with each member's counts; from here one works as a role, or as a member. */

type Action = 'work-as' | 'centres' | 'reload' | 'back' | 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';
type Next = Update<TeamState, ReadEffect | CommonEffect>;
export interface TeamParams {
  readonly component: IamisSummary;
  readonly isWorkAs?: boolean;
}

const whyNot = (state: TeamState): string | undefined => {
  const chosen = chosenAt(state);
  return typeof chosen === 'string' ? chosen : undefined;
};

const KEYS: readonly KeyBinding<TeamState, Action>[] = [
  { action: 'work-as', keys: ['enter', 'w'], description: 'iamis.team.key.work-as', footer: 1, whyNot },
  {
    action: 'centres',
    keys: ['c'],
    description: 'iamis.team.key.centres',
    footer: 2,
    whyNot: (state) => (state.rows?.[state.selected]?.kind === 'member' ? undefined : 'iamis.why.no-member'),
  },
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'page-up', keys: ['pageup'], description: 'key.page-up' },
  { action: 'page-down', keys: ['pagedown', 'space'], description: 'key.page-down' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];

export const teamScreen: Screen<TeamState, PageMessage, ReadEffect, TeamParams> = withBanner({
  name: 'iamis-team',
  init: ({ component, isWorkAs = false }: TeamParams, services: Services) =>
    load({ component, isWorkAs, rows: undefined, selected: 0, problem: undefined }, services),
  update,
  view: viewTeam,
  keys: KEYS,
  title: (_, { t }) => t('iamis.team.title'),
  worksOn: ({ component }) => component.component,
});

function update(state: TeamState, message: PageMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'read': {
      if (message.what !== 'team') return stay(state);
      const rows = rowsOf(message.value, state.component);
      const first = state.isWorkAs ? 0 : Math.max(0, rows.findIndex(({ kind }) => kind === 'member'));
      return stay({ ...state, rows, selected: state.rows === undefined ? first : clamp(state.selected, rows.length), problem: undefined });
    }
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

function act(state: TeamState, action: Action, services: Services): Next {
  const count = state.rows?.length ?? 0;
  const page = Math.max(1, services.size.rows - TEAM_FIXED_ROWS);
  const to = (selected: number) => stay({ ...state, selected: clamp(selected, count) });
  switch (action) {
    case 'back':
      return stay(state, { type: 'back' });
    case 'reload':
      return load(state, services);
    case 'work-as':
      return workAs(state);
    case 'centres':
      return centresOf(state);
    default:
      return to({ up: state.selected - 1, down: state.selected + 1, 'page-up': state.selected - page, 'page-down': state.selected + page, first: 0, last: count - 1 }[action]);
  }
}

function workAs(state: TeamState): Next {
  const chosen = chosenAt(state);
  if (typeof chosen === 'string') return stay(state);
  return stay(state, { type: 'work-as', component: state.component.component, capacity: chosen }, { type: 'back' });
}

/** Their centres alone; from that list a senior moves one to somebody else. */
function centresOf(state: TeamState): Next {
  const row = state.rows?.[state.selected];
  if (row?.kind !== 'member') return stay(state);
  return stay(state, { type: 'go', to: 'iamis-centres', params: { component: state.component, filter: row.node.person } });
}

/** The team is read as one's own, whoever one works as: else there would be no way back to it. */
function load(state: TeamState, services: Services): Next {
  const role = services.workAs?.[state.component.component]?.role;
  return stay(state, { ...read('team', { component: state.component.component, centre: '' }, services), capacity: role });
}

function stay(state: TeamState, ...effects: readonly (ReadEffect | CommonEffect)[]): Next {
  return { state, effects };
}
