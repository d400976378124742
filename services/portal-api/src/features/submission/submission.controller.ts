import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Submit, type Receipt } from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { CapacityOf } from '../../platform/capacity.js';
import { ComponentIds } from '../../platform/component-id.js';
import { callerOf, commandContext } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import { Standing } from '../../platform/standing.js';
import type { Finished } from './finish-submission.js';
import { Receipts, receiptOf } from './receipts.query.js';
import { SubmitMarks } from './submit-marks.js';

@Controller('emi/:component/submissions')
export class SubmissionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly components: ComponentIds,
    private readonly capacity: CapacityOf,
    private readonly standing: Standing,
  ) {}

  @Post()
  @HttpCode(200)
  async submit(@Param('component') given: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<Receipt>> {
    const component = await this.components.find(given);
    const context = commandContext(request, await this.capacity.find(request, component));
    const command = new SubmitMarks(component, validated(Submit, body ?? {}), context);
    const answer = await this.commands.execute<SubmitMarks, Answer<Finished>>(command);
    if (!('completed' in answer)) return answer;
    const { completed, event } = answer;
    return receiptOf({ ...completed, position: event.position, recordedAt: String(event.metadata['recordedAt']) });
  }

  @Get()
  async receipts(@Param('component') given: string, @Req() request: FastifyRequest): Promise<readonly Receipt[]> {
    const component = await this.components.find(given);
    const account = this.capacity.account(request, await this.capacity.find(request, component));
    const receipts = await this.queries.execute<Receipts, readonly Receipt[]>(new Receipts(component, account));
    // Whoever submitted here once has a part in it for good.
    if (receipts.length === 0) await this.standing.require(callerOf(request), component);
    return receipts;
  }
}
