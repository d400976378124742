import { Controller, Get, Param, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { CapacityOf, roleOf } from '../../platform/capacity.js';
import { ComponentIds } from '../../platform/component-id.js';
import { callerOf } from '../../platform/http/request-context.js';
import { History } from './history.query.js';

@Controller('history')
export class AuditController {
  constructor(
    private readonly queries: QueryBus,
    private readonly components: ComponentIds,
    private readonly capacity: CapacityOf,
  ) {}

  @Get(':component/:centre/:candidate')
  history(@Param() params: { component: string; centre: string; candidate: string }, @Req() request: FastifyRequest) {
    const component = this.components.find(params.component);
    return this.queries.execute(new History(component, params.centre, params.candidate, this.seenBy(request, component)));
  }

  /** Auditors see every mark, examiners their own, seniors those of their part of the team. */
  private seenBy(request: FastifyRequest, component: string): (examiner: string) => boolean {
    const { account, roles } = callerOf(request);
    if (roles.includes('auditor')) return () => true;
    const below = this.capacity.under(component, account, roleOf(this.capacity.find(request, component)));
    return (examiner) => examiner === account || below.has(examiner);
  }
}
