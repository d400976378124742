import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CENTRE_OF, type DocumentOffer } from '@portal/contract';
import { codeOf, components, documentKindsFor, receipts, receiptsKey, type ComponentDocument } from '@portal/domain';
import { CapacityOf } from '../../platform/capacity.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Standing } from '../../platform/standing.js';
import { Views } from '../../platform/views.js';

/** What somebody may ask for: a row for every role in which they may ask for anything of a component, the lowest first. */
export class DocumentOffers {
  constructor(readonly caller: Caller) {}
}

@QueryHandler(DocumentOffers)
export class DocumentOffersHandler implements IQueryHandler<DocumentOffers, readonly DocumentOffer[]> {
  constructor(
    private readonly views: Views,
    private readonly standing: Standing,
    private readonly capacity: CapacityOf,
  ) {}

  async execute({ caller }: DocumentOffers): Promise<readonly DocumentOffer[]> {
    const known = await this.views.many(components, await this.standing.components(caller));
    const offers = await Promise.all([...known.values()].map((settings) => this.of(settings, caller)));
    return offers.flat();
  }

  private async of({ component, kind: of, qualification, series, titles }: ComponentDocument, caller: Caller): Promise<readonly DocumentOffer[]> {
    const [roles, own] = await Promise.all([
      this.capacity.rolesOf(caller, component),
      this.views.get(receipts, receiptsKey(caller.account, component)),
    ]);
    // Who never submitted anything has no receipt to ask for.
    const isThere = (kind: string): boolean => kind !== 'receipt' || own !== undefined;
    return roles.map((role) => ({
      component,
      code: codeOf(component),
      qualification,
      series,
      titles,
      role,
      kinds: documentKindsFor(of, role).filter(isThere).map((kind) => ({ kind, centre: CENTRE_OF[kind] })),
    }));
  }
}
