import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Me as MeDocument } from '@portal/contract';
import { capacities, people } from '@portal/domain';
import type { Caller } from '../../platform/http/request-context.js';
import { Views } from '../../platform/views.js';

/** Who is signed in, and in which capacities. */
export class Me {
  constructor(readonly caller: Caller) {}
}

@QueryHandler(Me)
export class MeHandler implements IQueryHandler<Me, MeDocument> {
  constructor(private readonly views: Views) {}

  async execute({ caller: { account, roles, expiresAt } }: Me): Promise<MeDocument> {
    const [person, held] = await Promise.all([this.views.get(people, account), this.views.get(capacities, account)]);
    return {
      account,
      username: person?.username ?? '',
      displayName: person?.displayName ?? '',
      roles: [...roles],
      capacities: (held?.capacities ?? []).map(({ component, role }) => ({ component, role })),
      expiresAt: new Date(expiresAt * 1000).toISOString(),
    };
  }
}
