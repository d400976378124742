import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { TeamNode } from '@portal/contract';
import { components, emiSummary, emiSummaryKey, iamisSummary, iamisSummaryKey, people, summed, teams, type IamisCounts, type TeamMember } from '@portal/domain';
import { Views } from '../../platform/views.js';

/** The team of a component as a tree, each member with their own counts. */
export class TeamTree {
  constructor(readonly component: string) {}
}

@QueryHandler(TeamTree)
export class TeamTreeHandler implements IQueryHandler<TeamTree, readonly TeamNode[]> {
  constructor(private readonly views: Views) {}

  async execute({ component }: TeamTree): Promise<readonly TeamNode[]> {
    const members = this.views.get(teams, component)?.members ?? [];
    const present = new Set(members.map(({ person }) => person));
    const roots = members.filter(({ senior }) => senior === undefined || !present.has(senior));
    return roots.map((member) => this.node(component, member, members));
  }

  private node(component: string, member: TeamMember, members: readonly TeamMember[]): TeamNode {
    const person = this.views.get(people, member.person);
    const counts = this.views.get(emiSummary, emiSummaryKey(member.person, component));
    const below = members.filter((one) => one.senior === member.person && isFirst(member, members));
    return {
      person: person?.username ?? member.person,
      displayName: person?.displayName ?? '',
      role: member.role,
      left: counts?.left ?? 0,
      entered: counts?.entered ?? 0,
      submitted: counts?.submitted ?? 0,
      ...this.moderation(component, member.person),
      members: below.map((one) => this.node(component, one, members)),
    };
  }

  /** Of their own centres: what a senior's row shows is the sum over those below. */
  private moderation(component: string, person: string): { readonly moderation?: IamisCounts } {
    if (this.views.get(components, component)?.kind !== 'IAMIS') return {};
    const row = this.views.get(iamisSummary, iamisSummaryKey(person, component));
    return { moderation: summed(row === undefined ? [] : [row]) };
  }
}

/** A senior who holds several roles shows each junior once, below the first of them. */
function isFirst(senior: TeamMember, members: readonly TeamMember[]): boolean {
  return members.find((one) => one.person === senior.person) === senior;
}
