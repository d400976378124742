import { Injectable } from '@nestjs/common';
import { capacities, components, iamisSummary, iamisSummaryKey, summed, type IamisCounts, type IamisSummaryDocument } from '@portal/domain';
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
  async of(request: FastifyRequest, component: string): Promise<Part> {
    const capacity = await this.capacity.find(request, component);
    return this.part(component, callerOf(request).account, { role: roleOf(capacity), member: memberOf(capacity) });
  }

  /** Of somebody who asked for something once, in the capacity that was recorded with it. */
  recorded(component: string, account: string, capacity: string): Promise<Part> {
    return this.part(component, account, { role: roleOf(capacity), member: memberOf(capacity) });
  }

  /** In the lowest role, whatever the request says. */
  async lowest(caller: Caller, component: string): Promise<Part> {
    return this.part(component, caller.account, { role: await this.capacity.lowestOf(caller, component), member: undefined });
  }

  /** The units where somebody holds a role or has centres. */
  async unitsOf(account: string): Promise<readonly string[]> {
    const [own, allocated] = await Promise.all([this.views.get(capacities, account), this.views.list(iamisSummary, `${account}/`)]);
    const ids = [...(own?.capacities ?? []), ...allocated].map(({ component }) => component);
    const settings = await this.views.many(components, ids);
    return [...settings].filter(([, { kind }]) => kind === 'IAMIS').map(([id]) => id).toSorted();
  }

  async counts(component: string, { accounts }: Part): Promise<IamisCounts> {
    const rows = accounts === 'all' ? await this.views.list(iamisSummary, '') : await this.rows(component, accounts);
    return summed(rows.filter((row) => row.component === component));
  }

  private async rows(component: string, accounts: ReadonlySet<string>): Promise<readonly IamisSummaryDocument[]> {
    const found = await this.views.many(iamisSummary, [...accounts].map((one) => iamisSummaryKey(one, component)));
    return [...found.values()];
  }

  private async part(component: string, account: string, asked: Pick<Part, 'role' | 'member'>): Promise<Part> {
    const { role, member } = asked;
    if (READS_ALL.includes(role)) return { ...asked, accounts: 'all' };
    if (member !== undefined) return { ...asked, accounts: new Set([member, ...(await this.capacity.below(component, member))]) };
    const others = SENIORS.includes(role) ? await this.capacity.under(component, account, role) : [];
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
