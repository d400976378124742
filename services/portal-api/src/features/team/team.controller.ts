import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CAPACITY_HEADER, Reallocate as Wanted, type Recorded, type WorkingAs } from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import { refused, type Answer } from '../../platform/answer.js';
import { CapacityOf, roleOf } from '../../platform/capacity.js';
import { ComponentIds } from '../../platform/component-id.js';
import { callerOf, commandContext, header } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import { Standing } from '../../platform/standing.js';
import { Reallocate } from './reallocate.js';
import { TeamTree } from './team-tree.query.js';
import { WorkAs } from './work-as.js';

@Controller()
export class TeamController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly components: ComponentIds,
    private readonly capacity: CapacityOf,
    private readonly standing: Standing,
  ) {}

  @Get('team/:component')
  async team(@Param('component') given: string, @Req() request: FastifyRequest) {
    const [component, caller] = [await this.components.find(given), callerOf(request)];
    await this.standing.require(caller, component);
    return this.queries.execute(new TeamTree(component, caller));
  }

  @Post('team/:component/work-as')
  @HttpCode(200)
  async workAs(@Param('component') given: string, @Req() request: FastifyRequest): Promise<Answer<WorkingAs>> {
    const component = await this.components.find(given);
    const context = commandContext(request, await this.capacity.find(request, component), { asked: header(request, CAPACITY_HEADER) });
    const answer = await this.commands.execute<WorkAs, Answer<Recorded>>(new WorkAs(component, context));
    if (!('event' in answer)) return answer;
    const [, member] = /; ?member=(\S+)$/.exec(header(request, CAPACITY_HEADER) ?? '') ?? [];
    return { capacity: { component, role: roleOf(context.capacity), ...(member !== undefined && { member }) }, ...answer };
  }

  @Post('emi/:component/sheets/:centre/reallocation')
  @HttpCode(200)
  async reallocate(
    @Param() { component: given, centre }: { component: string; centre: string },
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer<Recorded>> {
    const component = await this.components.find(given);
    const wanted = validated(Wanted, body);
    if (!/^\d{5}$/.test(centre)) return refused({ reason: 'CentreUnknown', centre });
    const context = commandContext(request, await this.capacity.find(request, component));
    return this.commands.execute(new Reallocate(component, centre, wanted, context));
  }
}
