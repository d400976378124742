import { Injectable } from '@nestjs/common';
import { capacities, components, iamisSummary, iamisSummaryKey, summed, type IamisCounts } from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import { CapacityOf, memberOf, roleOf } from './capacity.js';
import { callerOf, type Caller } from './http/request-context.js';
import { Views } from './views.js';

/** Which part of a moderation somebody looks at, in some capacity. */
export interface Part {
  readonly role: string;
  /** The account whose part it is, where one works as somebody else. */
  readonly member: string | undefined;
  /** Whose centres: everybody's, for who reads everything. */
  readonly accounts: ReadonlySet<string> | 'all';
}

/**
 * A moderator has their own centres; a senior those of everybody below and their own; a chair stands above the whole
 * team, wherever it is tied to them or not. Working as a member one sees what is that member's.
 */
@Injectable()
export class Parts {
  constructor(
    private readonly views: Views,
    private readonly capacity: CapacityOf,
  ) {}

  /** In the capacity of the request. */
  of(request: FastifyRequest, component: string): Part {
    const capacity = this.capacity.find(request, component);
    return this.part(component, callerOf(request).account, { role: roleOf(capacity), member: memberOf(capacity) });
  }

  /** In the lowest role, whatever the request says. */
  lowest(caller: Caller, component: string): Part {
    return this.part(component, caller.account, { role: this.capacity.lowestOf(caller, component), member: undefined });
  }

  /** The units where somebody holds a role or has centres. */
  unitsOf(account: string): readonly string[] {
    const placed = this.views.get(capacities, account)?.capacities ?? [];
    const allocated = this.views.list(iamisSummary, `${account}/`);
    const ids = new Set([...placed, ...allocated].map(({ component }) => component));
    return [...ids].filter((id) => this.views.get(components, id)?.kind === 'IAMIS').toSorted();
  }

  counts(component: string, { accounts }: Part): IamisCounts {
    const rows = accounts === 'all' ? this.views.list(iamisSummary, '') : [...accounts].map((one) => this.row(component, one));
    return summed(rows.filter((row) => row !== undefined && row.component === component) as readonly IamisCounts[]);
  }

  private row(component: string, account: string) {
    return this.views.get(iamisSummary, iamisSummaryKey(account, component));
  }

  private part(component: string, account: string, asked: Pick<Part, 'role' | 'member'>): Part {
    const { role, member } = asked;
    if (READS_ALL.includes(role)) return { ...asked, accounts: 'all' };
    if (member !== undefined) return { ...asked, accounts: new Set([member, ...this.capacity.below(component, member)]) };
    const others = SENIORS.includes(role) ? this.capacity.under(component, account, role) : [];
    return { ...asked, accounts: new Set([account, ...others]) };
  }
}

/** Whether it belongs to the part; what nobody has is for those who can see to it. */
export function hasCentreOf({ role, member, accounts }: Part, moderator: string | undefined): boolean {
  if (accounts === 'all') return true;
  if (moderator === undefined) return member === undefined && APPROVERS.includes(role);
  return accounts.has(moderator);
}

/** Whether a single centre may be looked at: approvers answer for all of a component. */
export function maySee(part: Part, moderator: string | undefined): boolean {
  return hasCentreOf(part, moderator) || (part.member === undefined && APPROVERS.includes(part.role));
}

const READS_ALL: readonly string[] = ['auditor', 'admin'];
const SENIORS: readonly string[] = ['team-leader', 'principal', 'chair'];
const APPROVERS: readonly string[] = ['principal', 'chair'];
