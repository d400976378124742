import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ServiceEntry } from '@portal/contract';
import { allServices } from '@portal/domain';
import { Views } from '../../platform/views.js';

/** Which services a person has, and what waits in each. */
export class Services {
  constructor(
    readonly account: string,
    readonly roles: readonly string[],
  ) {}
}

@QueryHandler(Services)
export class ServicesHandler implements IQueryHandler<Services, readonly ServiceEntry[]> {
  constructor(private readonly views: Views) {}

  async execute({ account, roles }: Services): Promise<readonly ServiceEntry[]> {
    const entries: ServiceEntry[] = [];
    if (roles.includes('appointee')) {
      const section = 'examinations-and-assessments';
      const emi = this.views.get(allServices, account)?.emi ?? 0;
      entries.push({ section, service: 'iamis', waiting: 0 }, { section, service: 'emi', waiting: emi });
      entries.push({ section, service: 'documents', waiting: 0 });
    }
    if (roles.includes('auditor')) entries.push({ section: 'audit', service: 'audit', waiting: 0 });
    if (roles.includes('admin')) entries.push({ section: 'administration', service: 'administration', waiting: 0 });
    return entries;
  }
}
