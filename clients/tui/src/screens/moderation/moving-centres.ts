import type { IamisCentre, TeamNode } from '@portal/contract';
import { clamp } from '../../components/list.js';
import type { Key } from '../../platform/input/key.js';
import type { CommonEffect, Services, Update } from '../../platform/screen.js';
import type { CentresState, Moderator } from './centres.state.js';
import { ask } from './deeds.js';
import type { DeedEffect } from './moderation.messages.js';

/** Reallocating a centre: choose the moderator; where marks stand already, keep or clear them. */

type Next = Update<CentresState, DeedEffect | CommonEffect>;

/** Whoever stands below the one who gives it away: nobody else may take it from them. */
export function moderatorsOf(roots: readonly TeamNode[], asking: string): readonly Moderator[] {
  const nodes = roots.flatMap(withMembers);
  const own = nodes.filter(({ person }) => person === asking);
  const below = own.flatMap(({ members }) => members.flatMap(withMembers));
  const all = below.filter(({ person }) => person !== asking).map(({ person, displayName, role }): Moderator => ({ person, displayName, role }));
  // Nobody twice, though they may stand in the team in two roles; a chair reviews nothing.
  return all.filter((one, index) => one.role !== 'chair' && all.findIndex(({ person }) => person === one.person) === index);
}

const withMembers = (node: TeamNode): readonly TeamNode[] => [node, ...node.members.flatMap(withMembers)];

/** `centres` were read with the team, and know who has the centre by now. */
export function chooseModerator(state: CentresState, moderators: readonly Moderator[], centres: readonly IamisCentre[]): CentresState {
  const { move } = state;
  if (move?.kind !== 'loading') return state;
  const { moderator } = centres.find(({ centre }) => centre === move.centre.centre) ?? move.centre;
  // Nor is it taken from somebody who does not stand below.
  if (!moderators.some(({ person }) => person === moderator)) return { ...state, move: undefined, problem: { id: 'iamis.move.not-below' } };
  const others = moderators.filter(({ person }) => person !== moderator);
  return { ...state, move: { kind: 'to', centre: move.centre, moderators: others, selected: 0 } };
}

export function updateMove(state: CentresState, key: Key, services: Services): Next {
  const { move } = state;
  const name = key.kind === 'key' ? key.name : '';
  if (move === undefined || name === 'escape') return stay({ ...state, move: undefined });
  if (move.kind === 'to') return choosing(state, move, name, services);
  if (move.kind === 'loading') return stay(state, { type: 'bell' });
  if (name !== '1' && name !== '2') return stay(state, { type: 'bell' });
  return ask({ ...state, move: undefined }, { do: 'reallocate', to: move.to, entered: name === '1' ? 'keep' : 'clear' }, move.at, services);
}

function choosing(state: CentresState, move: Extract<CentresState['move'], { kind: 'to' }>, name: string, services: Services): Next {
  const by = name === 'up' || name === 'k' ? -1 : name === 'down' || name === 'j' ? 1 : 0;
  if (by !== 0) return stay({ ...state, move: { ...move, selected: clamp(move.selected + by, move.moderators.length) } });
  const chosen = move.moderators[move.selected];
  if (name !== 'enter' || chosen === undefined) return stay(state, { type: 'bell' });
  const at = { component: state.component.component, centre: move.centre.centre };
  return ask({ ...state, move: undefined }, { do: 'reallocate', to: chosen.person }, at, services);
}

function stay(state: CentresState, ...effects: readonly CommonEffect[]): Next {
  return { state, effects };
}
