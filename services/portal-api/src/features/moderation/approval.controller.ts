import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Approval, ChangeDecision, Choose, ReallocateModerator, Return, type IamisRecorded } from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { validated } from '../../platform/http/validated.js';
import { ApproveOutcome } from './approve-outcome.js';
import { ChooseOutcome } from './choose-outcome.js';
import { DecideChange } from './decide-change.js';
import { GiveBack } from './give-back.js';
import { Addressed, CENTRE, wordsOf, type CentreParams } from './on-centre.js';
import { ReallocateCentre } from './reallocate-centre.js';

/** What somebody senior decides over a centre. */
@Controller('iamis')
export class ApprovalController {
  constructor(
    private readonly commands: CommandBus,
    private readonly addressed: Addressed,
  ) {}

  @Post(`${CENTRE}/changes/:change`)
  @HttpCode(200)
  async decide(
    @Param() params: CentreParams & { readonly change: string },
    @Body() body: unknown,
    @Req() request: FastifyRequest,
  ): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const asked = validated(ChangeDecision, body);
    if (!/^\d{1,9}$/.test(params.change)) {
      throw new ProblemError('change-unknown', 'a change is named by its number', { field: 'change' });
    }
    const words = asked.approve ? undefined : wordsOf(asked.reason);
    return this.commands.execute(new DecideChange(at, Number(params.change), words, await this.addressed.context(request, at)));
  }

  @Post(`${CENTRE}/approval`)
  @HttpCode(200)
  async approve(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const { outcome } = validated(Approval, body ?? {});
    return this.commands.execute(new ApproveOutcome(at, outcome, await this.addressed.context(request, at)));
  }

  @Post(`${CENTRE}/return`)
  @HttpCode(200)
  async giveBack(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const { reason, of = 'outcome' } = validated(Return, body);
    return this.commands.execute(new GiveBack(at, of, wordsOf(reason), await this.addressed.context(request, at)));
  }

  @Post(`${CENTRE}/choice`)
  @HttpCode(200)
  async choose(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const { reason, ...wanted } = validated(Choose, body);
    return this.commands.execute(new ChooseOutcome(at, wanted, wordsOf(reason), await this.addressed.context(request, at)));
  }

  @Post(`${CENTRE}/reallocation`)
  @HttpCode(200)
  async reallocate(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const wanted = validated(ReallocateModerator, body);
    return this.commands.execute(new ReallocateCentre(at, wanted, await this.addressed.context(request, at)));
  }
}
