import { Injectable } from '@nestjs/common';
import { CAPACITY_HEADER } from '@portal/contract';
import {
  capacities,
  components,
  emiSummary,
  emiSummaryKey,
  iamisSummary,
  iamisSummaryKey,
  teams,
  usernameKey,
  usernames,
} from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './http/problem-error.js';
import { callerOf, header, type Caller } from './http/request-context.js';
import { Views } from './views.js';

/** The role of a capacity as events carry it: `examiner`, or `principal; member=ACCOUNT`. */
export const roleOf = (capacity: string): string => capacity.split(';', 1)[0] as string;
/** The account as whom somebody works; undefined where they work as themselves. */
export const memberOf = (capacity: string): string | undefined => /; member=(.+)$/.exec(capacity)?.[1];

/** In which capacity somebody asks: named in the header with every request, and held against the team. */
@Injectable()
export class CapacityOf {
  constructor(private readonly views: Views) {}

  /**
   * Without the header it is the person's lowest role on the component; who has none there (yet: views come
   * after events) asks as whoever marks it or moderates it. Working as a member reads the member's part and writes under one's own role.
   */
  async find(request: FastifyRequest, component: string): Promise<string> {
    const caller = callerOf(request);
    const { account } = caller;
    const asked = header(request, CAPACITY_HEADER);
    if (asked === undefined) return this.lowestOf(caller, component);
    const held = await this.held(account, component);
    const [, role, member] = /^([a-z-]{1,20})(?:; ?member=(\S{1,200}))?$/.exec(asked) ?? [];
    // Staff who hold nothing there may say so, too: it is what they are without the header.
    const isStaff = held.length === 0 && member === undefined && role !== 'appointee' && caller.roles.some((one) => one === role);
    if (role === undefined || !(isStaff || held.includes(role))) {
      throw new ProblemError('capacity-not-held', `you do not hold this capacity on ${component}`, { field: CAPACITY_HEADER });
    }
    return member === undefined ? role : `${role}; member=${await this.member(await this.under(component, account, role), member)}`;
  }

  /** The capacity in which somebody did something once, while they hold it; else what they are without the header. */
  async still(caller: Caller, component: string, once: string): Promise<string> {
    const [role, member] = [roleOf(once), memberOf(once)];
    const isStaff = role !== 'appointee' && caller.roles.includes(role);
    const isHeld = isStaff || (await this.held(caller.account, component)).includes(role);
    const isOver = member === undefined || (await this.under(component, caller.account, role)).has(member);
    return isHeld && isOver ? once : this.lowestOf(caller, component);
  }

  /** Whose part is looked at: the member's where one works as a member, else one's own. */
  account(request: FastifyRequest, capacity: string): string {
    return memberOf(capacity) ?? callerOf(request).account;
  }

  /** Of the roles a person has there; of the staff where they have none. */
  async lowestOf(caller: Caller, component: string): Promise<string> {
    const [lowest] = await this.rolesOf(caller, component);
    return lowest ?? WHO_WORKS_ON[(await this.views.get(components, component))?.kind ?? 'EMI'];
  }

  /** Every role in which somebody may ask there, the lowest first; none where they hold none and are no staff. */
  async rolesOf({ account, roles }: Caller, component: string): Promise<readonly string[]> {
    const held = await this.held(account, component);
    const lowestFirst = LOWEST_FIRST.filter((role) => held.includes(role));
    return lowestFirst.length > 0 ? lowestFirst : roles.filter((role) => role !== 'appointee');
  }

  /**
   * By the team. Whoever has candidates to mark holds that role too, also beside another; a senior moderates centres of
   * their own as what they are, and who stands nowhere yet and has some is a moderator.
   */
  private async held(account: string, component: string): Promise<readonly string[]> {
    const [own, marks, moderates] = await Promise.all([
      this.views.get(capacities, account),
      this.views.get(emiSummary, emiSummaryKey(account, component)),
      this.views.get(iamisSummary, iamisSummaryKey(account, component)),
    ]);
    const placed = (own?.capacities ?? []).filter((one) => one.component === component);
    return [
      ...placed.map(({ role }) => role),
      ...(marks === undefined ? [] : ['examiner']),
      ...(moderates === undefined || placed.length > 0 ? [] : ['moderator']),
    ];
  }

  private async member(under: ReadonlySet<string>, username: string): Promise<string> {
    const member = (await this.views.get(usernames, usernameKey(username)))?.account;
    if (member === undefined || !under.has(member)) {
      throw new ProblemError('capacity-not-held', 'that person is not in your part of the team', { field: CAPACITY_HEADER });
    }
    return member;
  }

  /** In a role: a chair stands above the whole team, whoever is tied to them. */
  async under(component: string, account: string, role: string): Promise<ReadonlySet<string>> {
    if (role !== 'chair') return this.below(component, account);
    const members = (await this.views.get(teams, component))?.members ?? [];
    return new Set(members.map(({ person }) => person).filter((person) => person !== account));
  }

  /** Everybody under a person in the team of the component, directly or through others. */
  async below(component: string, account: string): Promise<ReadonlySet<string>> {
    const members = (await this.views.get(teams, component))?.members ?? [];
    const found = new Set<string>();
    const add = (senior: string): void => {
      for (const { person, senior: above } of members) {
        if (above !== senior || found.has(person) || person === account) continue;
        found.add(person);
        add(person);
      }
    };
    add(account);
    return found;
  }
}

const WHO_WORKS_ON = { EMI: 'examiner', IAMIS: 'moderator' } as const;
const LOWEST_FIRST = ['examiner', 'moderator', 'team-leader', 'principal', 'chair'];
