/** Who stands where in the team of a component. A person may hold several roles, each with its own senior. */
import type { TeamEvent, TeamRole } from './events.js';

export interface Placement {
  readonly role: TeamRole;
  /** The account directly above; undefined at the top. */
  readonly senior: string | undefined;
}

export interface Team {
  /** Of the stream's last event, −1 before the first: what a reallocation quotes as `teamRevision`. */
  readonly revision: number;
  readonly members: ReadonlyMap<string, readonly Placement[]>;
}

export const initial: Team = { revision: -1, members: new Map() };

const RANKS: Readonly<Record<TeamRole, number>> = {
  examiner: 0,
  moderator: 0,
  'team-leader': 1,
  principal: 2,
  chair: 3,
};

export function evolve(state: Team, event: TeamEvent): Team {
  const revision = state.revision + 1;
  switch (event.type) {
    case 'TeamMemberPlaced': {
      const { person, role, senior } = event.data;
      return {
        revision,
        members: withPlacements(state, person, [...others(state, person, role), { role, senior }]),
      };
    }
    case 'TeamMemberRemoved': {
      const { person, role } = event.data;
      const members = withPlacements(state, person, others(state, person, role));
      return { revision, members: members.has(person) ? members : withoutSenior(members, person) };
    }
    default:
      return { ...state, revision };
  }
}

export function isTeamRole(role: string): role is TeamRole {
  return Object.hasOwn(RANKS, role);
}

/** Lowest first. */
export function rolesOf(state: Team, person: string): readonly TeamRole[] {
  const roles = (state.members.get(person) ?? []).map(({ role }) => role);
  return roles.sort((a, b) => RANKS[a] - RANKS[b]);
}

export function hasRole(state: Team, person: string, role: string): boolean {
  return rolesOf(state, person).some((held) => held === role);
}

export function ranksAbove(state: Team, person: string, role: TeamRole): boolean {
  return rolesOf(state, person).some((held) => RANKS[held] > RANKS[role]);
}

/** Whether `above` stands over `below` in any of their roles, directly or through others; nobody over themselves. */
export function isSenior(state: Team, above: string, below: string): boolean {
  if (!state.members.has(above)) return false;
  const seen = new Set([below]);
  for (const person of seen) {
    for (const { senior } of state.members.get(person) ?? []) {
      if (senior === above && above !== below) return true;
      if (senior !== undefined) seen.add(senior);
    }
  }
  return false;
}

/** Everybody below, directly or not; below a chair all who are none, tied to them or not. */
export function juniorsOf(state: Team, above: string): readonly string[] {
  const isChair = hasRole(state, above, 'chair');
  return [...state.members.keys()].filter(
    (person) => isSenior(state, above, person) || (isChair && !hasRole(state, person, 'chair')),
  );
}

function others(state: Team, person: string, role: TeamRole): readonly Placement[] {
  return (state.members.get(person) ?? []).filter((placement) => placement.role !== role);
}

/** Whoever comes back after leaving comes back over nobody: else a circle could close behind them. */
function withoutSenior(members: Team['members'], left: string): Team['members'] {
  const freed = (placement: Placement): Placement => (placement.senior === left ? { ...placement, senior: undefined } : placement);
  return new Map([...members].map(([person, placements]) => [person, placements.map(freed)]));
}

function withPlacements(state: Team, person: string, placements: readonly Placement[]): Team['members'] {
  const members = new Map(state.members);
  if (placements.length === 0) members.delete(person);
  else members.set(person, placements);
  return members;
}
