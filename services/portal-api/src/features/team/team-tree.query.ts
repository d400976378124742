import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { TeamNode } from '@portal/contract';
import { components, emiSummary, emiSummaryKey, iamisSummary, iamisSummaryKey, people, summed, teams, type IamisCounts, type TeamMember } from '@portal/domain';
import { CapacityOf } from '../../platform/capacity.js';
import type { Caller } from '../../platform/http/request-context.js';
import { readsEverything } from '../../platform/standing.js';
import { Views } from '../../platform/views.js';

/** The team of a component as a tree, as far as somebody sees it; each member once, with their own counts. */
export class TeamTree {
  constructor(
    readonly component: string,
    readonly caller: Caller,
  ) {}
}

type Members = readonly TeamMember[];

@QueryHandler(TeamTree)
export class TeamTreeHandler implements IQueryHandler<TeamTree, readonly TeamNode[]> {
  constructor(
    private readonly views: Views,
    private readonly capacity: CapacityOf,
  ) {}

  async execute({ component, caller }: TeamTree): Promise<readonly TeamNode[]> {
    const members = this.views.get(teams, component)?.members ?? [];
    const places = eachOnce(isWhole(caller, members) ? members : this.around(component, caller, members));
    const present = new Set(places.map(({ person }) => person));
    const roots = places.filter(({ senior }) => senior === undefined || !present.has(senior));
    return roots.map((member) => this.node(component, member, places));
  }

  /** Oneself, those above and those below: how far colleagues are is nobody's business but that of those above them. */
  private around(component: string, { account }: Caller, members: Members): Members {
    const seen = new Set([account, ...above(account, members), ...this.capacity.below(component, account)]);
    return members.filter(({ person }) => seen.has(person));
  }

  private node(component: string, member: TeamMember, places: Members): TeamNode {
    const person = this.views.get(people, member.person);
    const counts = this.views.get(emiSummary, emiSummaryKey(member.person, component));
    const below = places.filter(({ senior }) => senior === member.person);
    return {
      person: person?.username ?? member.person,
      displayName: person?.displayName ?? '',
      role: member.role,
      left: counts?.left ?? 0,
      entered: counts?.entered ?? 0,
      submitted: counts?.submitted ?? 0,
      ...this.moderation(component, member.person),
      members: below.map((one) => this.node(component, one, places)),
    };
  }

  /** Of their own centres: what a senior's row shows is the sum over those below. */
  private moderation(component: string, person: string): { readonly moderation?: IamisCounts } {
    if (this.views.get(components, component)?.kind !== 'IAMIS') return {};
    const row = this.views.get(iamisSummary, iamisSummaryKey(person, component));
    return { moderation: summed(row === undefined ? [] : [row]) };
  }
}

/** Approvers answer for all of a component. */
function isWhole(caller: Caller, members: Members): boolean {
  const roles = members.filter(({ person }) => person === caller.account).map(({ role }) => role);
  return readsEverything(caller) || roles.includes('principal') || roles.includes('chair');
}

function above(account: string, members: Members): ReadonlySet<string> {
  const found = new Set([account]);
  for (const one of found) {
    for (const { person, senior } of members) if (person === one && senior !== undefined) found.add(senior);
  }
  return found;
}

/** Who holds several roles stands at the first of their places that hangs together with the rest. */
function eachOnce(members: Members): Members {
  const present = new Set(members.map(({ person }) => person));
  const places = [...Map.groupBy(members, ({ person }) => person).values()];
  return places.flatMap((held) => held.find(({ senior }) => senior === undefined || present.has(senior)) ?? held.slice(0, 1));
}
