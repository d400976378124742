/** Who is in the team of a component, and in which capacities may a person act? */
import type { TeamRole } from '../team/events.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface TeamMember {
  readonly person: string;
  readonly role: TeamRole;
  readonly senior?: string;
}

export interface TeamDocument {
  readonly component: string;
  readonly members: readonly TeamMember[];
}

export interface CapacitiesDocument {
  readonly capacities: readonly { readonly component: string; readonly role: TeamRole }[];
}

/** Key: the component's id. */
export const teams: View<TeamDocument> = {
  name: 'teams',
  version: 2,
  types: ['TeamMemberPlaced', 'TeamMemberRemoved'],
  keys(event) {
    const happened = known(event);
    const concerns = happened.type === 'TeamMemberPlaced' || happened.type === 'TeamMemberRemoved';
    return concerns ? [happened.data.component] : [];
  },
  evolve(component, before, event) {
    const happened = known(event);
    if (happened.type !== 'TeamMemberPlaced' && happened.type !== 'TeamMemberRemoved') return before;
    const { person, role } = happened.data;
    const others = (before?.members ?? []).filter((one) => one.person !== person || one.role !== role);
    if (happened.type === 'TeamMemberRemoved') {
      const isGone = !others.some((one) => one.person === person);
      const members = isGone ? others.map((one) => withoutSenior(one, person)) : others;
      return members.length === 0 ? undefined : { component, members };
    }
    const { senior } = happened.data;
    const placed = senior === undefined ? { person, role } : { person, role, senior };
    return { component, members: [...others, placed] };
  },
};

/** As `team/state.ts` has it: whoever stood below somebody who left has nobody above. */
function withoutSenior(member: TeamMember, left: string): TeamMember {
  return member.senior === left ? { person: member.person, role: member.role } : member;
}

/** Key: the account. */
export const capacities: View<CapacitiesDocument> = {
  name: 'capacities',
  version: 1,
  types: ['TeamMemberPlaced', 'TeamMemberRemoved'],
  keys(event) {
    const happened = known(event);
    const concerns = happened.type === 'TeamMemberPlaced' || happened.type === 'TeamMemberRemoved';
    return concerns ? [happened.data.person] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type !== 'TeamMemberPlaced' && happened.type !== 'TeamMemberRemoved') return before;
    const { component, role } = happened.data;
    const held = before?.capacities ?? [];
    const others = held.filter((one) => one.component !== component || one.role !== role);
    if (happened.type === 'TeamMemberPlaced') return { capacities: [...others, { component, role }] };
    return others.length === 0 ? undefined : { capacities: others };
  },
};
