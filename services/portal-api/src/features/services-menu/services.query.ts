import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ServiceEntry } from '@portal/contract';
import { allServices } from '@portal/domain';
import type { Caller } from '../../platform/http/request-context.js';
import { Parts } from '../../platform/parts.js';
import { Views } from '../../platform/views.js';

/** Which services a person has, and what waits in each. */
export class Services {
  constructor(readonly caller: Caller) {}
}

@QueryHandler(Services)
export class ServicesHandler implements IQueryHandler<Services, readonly ServiceEntry[]> {
  constructor(
    private readonly views: Views,
    private readonly parts: Parts,
  ) {}

  async execute({ caller }: Services): Promise<readonly ServiceEntry[]> {
    const { account, roles } = caller;
    const entries: ServiceEntry[] = [];
    if (roles.includes('appointee')) {
      const section = 'examinations-and-assessments';
      const emi = this.views.get(allServices, account)?.emi ?? 0;
      entries.push({ section, service: 'iamis', waiting: this.toReview(caller) }, { section, service: 'emi', waiting: emi });
      entries.push({ section, service: 'documents', waiting: 0 });
    }
    if (roles.includes('auditor')) entries.push({ section: 'audit', service: 'audit', waiting: 0 });
    if (roles.includes('admin')) entries.push({ section: 'administration', service: 'administration', waiting: 0 });
    return entries;
  }

  /** As the page behind it counts: a senior's is the team's. */
  private toReview(caller: Caller): number {
    const units = this.parts.unitsOf(caller.account);
    return units.reduce((sum, id) => sum + this.parts.counts(id, this.parts.lowest(caller, id)).reviewRemaining, 0);
  }
}
