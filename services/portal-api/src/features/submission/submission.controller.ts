import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Submit, type Receipt } from '@portal/contract';
import { kebabCase } from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { CapacityOf } from '../../platform/capacity.js';
import { ComponentIds } from '../../platform/component-id.js';
import { commandContext } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import type { Finished } from './finish-submission.js';
import { SubmitMarks } from './submit-marks.js';

@Controller('emi/:component/submissions')
export class SubmissionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly components: ComponentIds,
    private readonly capacity: CapacityOf,
  ) {}

  @Post()
  @HttpCode(200)
  async submit(@Param('component') given: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<Receipt>> {
    const component = this.components.find(given);
    const context = commandContext(request, this.capacity.find(request, component));
    const command = new SubmitMarks(component, validated(Submit, body ?? {}), context);
    const answer = await this.commands.execute<SubmitMarks, Answer<Finished>>(command);
    return 'completed' in answer ? receiptOf(answer) : answer;
  }
}

function receiptOf({ completed, event }: Finished): Receipt {
  const { receipt, component, marks, absent, sheets, leftOut, late, logHead } = completed;
  const recordedAt = String(event.metadata['recordedAt']);
  const named = leftOut.map(({ why, ...one }) => ({ ...one, why: kebabCase(why) }));
  const said = { receipt, component, marks, absent, sheets, leftOut: named, late };
  return { ...said, position: event.position, recordedAt, logHead: logHead ?? null };
}
