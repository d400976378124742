import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { DocumentOffer } from '@portal/contract';
import { CallerOf, type Caller } from '../../platform/http/request-context.js';
import { DocumentOffers } from './document-offers.query.js';

@Controller('document-offers')
export class DocumentOffersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  list(@CallerOf() caller: Caller): Promise<readonly DocumentOffer[]> {
    return this.queries.execute(new DocumentOffers(caller));
  }
}
