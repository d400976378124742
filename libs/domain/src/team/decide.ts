/** Who may stand where: below somebody of a higher role in this team, and never in a circle. */
import type { Decider, Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { TeamEvent, TeamRole } from './events.js';
import type { TeamRefusal } from './refusal.js';
import type { Team } from './state.js';
import { evolve, initial, isSenior, isTeamRole, ranksAbove } from './state.js';

interface Place {
  readonly component: string;
  readonly person: string;
  /** As written in a file: a role that is none is refused. */
  readonly role: string;
}

export type TeamCommand =
  | ({ readonly type: 'PlaceMember'; readonly senior?: string } & Place)
  /** Whoever stood below keeps their place and has nobody above until placed again. */
  | ({ readonly type: 'RemoveMember' } & Place);

type Decided = Decision<TeamEvent, TeamRefusal>;

export const team: Decider<TeamCommand, TeamEvent, Team, TeamRefusal> = { initial, decide, evolve };

function decide(command: TeamCommand, state: Team): Decided {
  const { component, person, role } = command;
  if (!isTeamRole(role)) return refuse({ reason: 'RoleUnknown', role });
  return command.type === 'PlaceMember'
    ? placeMember({ component, person, role }, command.senior, state)
    : removeMember({ component, person, role }, state);
}

type Placed = Place & { readonly role: TeamRole };

function placeMember(place: Placed, senior: string | undefined, state: Team): Decided {
  const { person, role } = place;
  const present = state.members.get(person)?.find((placement) => placement.role === role);
  if (present !== undefined && present.senior === senior) return accept();
  if (senior === undefined) return accept({ type: 'TeamMemberPlaced', data: place });
  if (senior === person || isSenior(state, person, senior))
    return refuse({ reason: 'TeamCycle', person: senior });
  if (!state.members.has(senior)) return refuse({ reason: 'PersonUnknown', person: senior });
  if (!ranksAbove(state, senior, role)) return refuse({ reason: 'NotSenior', person: senior });
  return accept({ type: 'TeamMemberPlaced', data: { ...place, senior } });
}

function removeMember(place: Placed, state: Team): Decided {
  const present = state.members.get(place.person)?.some(({ role }) => role === place.role);
  return present === true ? accept({ type: 'TeamMemberRemoved', data: place }) : accept();
}
