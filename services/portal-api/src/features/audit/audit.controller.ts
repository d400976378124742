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
  async history(@Param() params: { component: string; centre: string; candidate: string }, @Req() request: FastifyRequest) {
    const component = await this.components.find(params.component);
    return this.queries.execute(new History(component, params.centre, params.candidate, await this.seenBy(request, component)));
  }

  /** Auditors see every mark, examiners their own, seniors those of their part of the team. */
  private async seenBy(request: FastifyRequest, component: string): Promise<(examiner: string) => boolean> {
    const { account, roles } = callerOf(request);
    if (roles.includes('auditor')) return () => true;
    const below = await this.capacity.under(component, account, roleOf(await this.capacity.find(request, component)));
    return (examiner) => examiner === account || below.has(examiner);
  }
}
