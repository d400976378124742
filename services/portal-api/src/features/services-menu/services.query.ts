import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ServiceEntry } from '@portal/contract';
import { allServices, mayAskForDocuments, readyDocuments, unreadDocuments } from '@portal/domain';
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
    const section = 'examinations-and-assessments';
    if (roles.includes('appointee')) {
      const emi = (await this.views.get(allServices, account))?.emi ?? 0;
      entries.push({ section, service: 'iamis', waiting: await this.toReview(caller) }, { section, service: 'emi', waiting: emi });
    }
    if (mayAskForDocuments(roles)) entries.push({ section, service: 'documents', waiting: await this.toDownload(account) });
    if (roles.includes('auditor')) entries.push({ section: 'audit', service: 'audit', waiting: 0 });
    if (roles.includes('admin')) entries.push({ section: 'administration', service: 'administration', waiting: 0 });
    return entries;
  }

  /** Made, and not yet downloaded by whoever asked for it. */
  private async toDownload(account: string): Promise<number> {
    const unread = (await this.views.get(unreadDocuments, account))?.documents ?? [];
    return unread.length === 0 ? 0 : (await this.views.many(readyDocuments, unread)).size;
  }

  /** As the page behind it counts: a senior's is the team's. */
  private async toReview(caller: Caller): Promise<number> {
    const units = await this.parts.unitsOf(caller.account);
    const counts = units.map(async (id) => this.parts.counts(id, await this.parts.lowest(caller, id)));
    return (await Promise.all(counts)).reduce((sum, { reviewRemaining }) => sum + reviewRemaining, 0);
  }
}
