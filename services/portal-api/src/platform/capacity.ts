import { Injectable } from '@nestjs/common';
import { CAPACITY_HEADER } from '@portal/contract';
import { capacities, emiSummary, emiSummaryKey, teams, usernameKey, usernames } from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './http/problem-error.js';
import { callerOf, header } from './http/request-context.js';
import { Views } from './views.js';

/** The role of a capacity as events carry it: `examiner`, or `principal; member=ACCOUNT`. */
export const roleOf = (capacity: string): string => capacity.split(';', 1)[0] as string;

/** In which capacity somebody asks: named in the header with every request, and held against the team. */
@Injectable()
export class CapacityOf {
  constructor(private readonly views: Views) {}

  /**
   * Without the header it is the person's lowest role on the component; who has none there asks as an examiner, and has
   * no candidates. Working as a member reads the member's part and writes under one's own role.
   */
  find(request: FastifyRequest, component: string): string {
    const { account, roles } = callerOf(request);
    const held = this.held(account, component);
    const asked = header(request, CAPACITY_HEADER);
    if (asked === undefined) return this.lowest(held) ?? roles.find((role) => role !== 'appointee') ?? 'examiner';
    const [, role, member] = /^([a-z-]{1,20})(?:; ?member=(\S{1,200}))?$/.exec(asked) ?? [];
    if (role === undefined || !held.includes(role)) {
      throw new ProblemError('capacity-not-held', `you do not hold this capacity on ${component}`, { field: CAPACITY_HEADER });
    }
    return member === undefined ? role : `${role}; member=${this.member(component, account, member)}`;
  }

  /** Whose part is looked at: the member's where one works as a member, else one's own. */
  account(request: FastifyRequest, capacity: string): string {
    return /; member=(.+)$/.exec(capacity)?.[1] ?? callerOf(request).account;
  }

  /** By the team; who has candidates there is an examiner, also beside another role or before the team is set up. */
  private held(account: string, component: string): readonly string[] {
    const placed = this.views.get(capacities, account)?.capacities ?? [];
    const roles: string[] = placed.filter((one) => one.component === component).map(({ role }) => role);
    if (roles.includes('examiner') || this.views.get(emiSummary, emiSummaryKey(account, component)) === undefined) return roles;
    return [...roles, 'examiner'];
  }

  private member(component: string, account: string, username: string): string {
    const member = this.views.get(usernames, usernameKey(username))?.account;
    const below = this.below(component, account);
    if (member === undefined || !below.has(member)) {
      throw new ProblemError('capacity-not-held', 'that person is not in your part of the team', { field: CAPACITY_HEADER });
    }
    return member;
  }

  /** Everybody under a person in the team of the component, directly or through others. */
  below(component: string, account: string): ReadonlySet<string> {
    const members = this.views.get(teams, component)?.members ?? [];
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

  private lowest(roles: readonly string[]): string | undefined {
    return LOWEST_FIRST.find((role) => roles.includes(role));
  }
}

const LOWEST_FIRST = ['examiner', 'moderator', 'team-leader', 'principal', 'chair'];
