import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { TeamNode } from '@portal/contract';
import {
  components,
  emiSummary,
  emiSummaryKey,
  iamisSummary,
  iamisSummaryKey,
  people as peopleView,
  summed,
  teams,
  type EmiSummaryDocument,
  type IamisCounts,
  type PersonDocument,
  type TeamMember,
} from '@portal/domain';
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
    const members = (await this.views.get(teams, component))?.members ?? [];
    const places = eachOnce(isWhole(caller, members) ? members : await this.around(component, caller, members));
    const present = new Set(places.map(({ person }) => person));
    const roots = places.filter(({ senior }) => senior === undefined || !present.has(senior));
    const known = await this.known(component, [...present]);
    return roots.map((member) => node(member, places, known));
  }

  /** Oneself, those above and those below: how far colleagues are is nobody's business but that of those above them. */
  private async around(component: string, { account }: Caller, members: Members): Promise<Members> {
    const seen = new Set([account, ...above(account, members), ...(await this.capacity.below(component, account))]);
    return members.filter(({ person }) => seen.has(person));
  }

  /** Of everybody who is shown. */
  private async known(component: string, persons: readonly string[]): Promise<Known> {
    const [settings, people, marking, moderating] = await Promise.all([
      this.views.get(components, component),
      this.views.many(peopleView, persons),
      this.views.many(emiSummary, persons.map((person) => emiSummaryKey(person, component))),
      this.views.many(iamisSummary, persons.map((person) => iamisSummaryKey(person, component))),
    ]);
    return {
      people,
      marking: (person) => marking.get(emiSummaryKey(person, component)),
      moderating: settings?.kind === 'IAMIS' ? (person) => moderating.get(iamisSummaryKey(person, component)) : undefined,
    };
  }
}

interface Known {
  readonly people: ReadonlyMap<string, PersonDocument>;
  readonly marking: (person: string) => EmiSummaryDocument | undefined;
  /** Undefined where nothing is moderated. */
  readonly moderating: ((person: string) => IamisCounts | undefined) | undefined;
}

/** With the counts of their own centres: what a senior's row shows is the sum over those below. */
function node(member: TeamMember, places: Members, known: Known): TeamNode {
  const [person, counts] = [known.people.get(member.person), known.marking(member.person)];
  const row = known.moderating?.(member.person);
  const below = places.filter(({ senior }) => senior === member.person);
  return {
    person: person?.username ?? member.person,
    displayName: person?.displayName ?? '',
    role: member.role,
    left: counts?.left ?? 0,
    entered: counts?.entered ?? 0,
    submitted: counts?.submitted ?? 0,
    ...(known.moderating !== undefined && { moderation: summed(row === undefined ? [] : [row]) }),
    members: below.map((one) => node(one, places, known)),
  };
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
