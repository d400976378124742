import { Body, Controller, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ChangeWanted, FurtherSample, Nothing, Reasoned, ReviewMark as Typed, SaveReport as WantedReport, Work, type IamisRecorded, type MarkReviewedAs } from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { validated } from '../../platform/http/validated.js';
import { DrawFurther } from './draw-further.js';
import { about, Addressed, CANDIDATE, CENTRE, wordsOf, type CandidateParams, type CentreParams } from './on-centre.js';
import { ReopenReport } from './reopen-report.js';
import { ReplaceCandidate } from './replace-candidate.js';
import { ReportWork } from './report-work.js';
import { RequestChange } from './request-change.js';
import { ReviewMark } from './review-mark.js';
import { SaveReport } from './save-report.js';
import { SubmitModeration } from './submit-moderation.js';

/** What whoever has a centre does there. */
@Controller('iamis')
export class ReviewController {
  constructor(
    private readonly commands: CommandBus,
    private readonly addressed: Addressed,
  ) {}

  @Put(`${CANDIDATE}/mark`)
  async mark(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<MarkReviewedAs>> {
    const at = await this.addressed.at(params);
    const typed = validated(Typed, body);
    // How long it has waited is no part of what is asked.
    const context = await this.addressed.context(request, at, { asked: { mark: typed.mark } });
    return this.commands.execute(new ReviewMark(at, about(params, request), typed, context));
  }

  @Post(`${CANDIDATE}/work`)
  @HttpCode(200)
  async work(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const asked = validated(Work, body);
    const words = asked.received ? undefined : wordsOf(asked.reason);
    return this.commands.execute(new ReportWork(at, about(params, request), words, await this.addressed.context(request, at)));
  }

  @Post(`${CANDIDATE}/replacement`)
  @HttpCode(200)
  async replace(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const words = wordsOf(validated(Reasoned, body).reason);
    return this.commands.execute(new ReplaceCandidate(at, about(params, request), words, await this.addressed.context(request, at)));
  }

  @Post(`${CANDIDATE}/change`)
  @HttpCode(200)
  async change(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const { reason, ...wanted } = validated(ChangeWanted, body);
    const context = await this.addressed.context(request, at);
    return this.commands.execute(new RequestChange(at, params.candidate, wanted, wordsOf(reason), context));
  }

  @Post(`${CENTRE}/further-sample`)
  @HttpCode(200)
  async further(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const { size, reason } = validated(FurtherSample, body);
    return this.commands.execute(new DrawFurther(at, size, wordsOf(reason), await this.addressed.context(request, at)));
  }

  @Put(`${CENTRE}/report`)
  async save(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    const wanted = validated(WantedReport, body);
    return this.commands.execute(new SaveReport(at, wanted, await this.addressed.context(request, at)));
  }

  @Post(`${CENTRE}/report/reopening`)
  @HttpCode(200)
  async reopen(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    validated(Nothing, body ?? {});
    return this.commands.execute(new ReopenReport(at, await this.addressed.context(request, at)));
  }

  @Post(`${CENTRE}/submission`)
  @HttpCode(200)
  async submit(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<IamisRecorded>> {
    const at = await this.addressed.at(params);
    validated(Nothing, body ?? {});
    return this.commands.execute(new SubmitModeration(at, await this.addressed.context(request, at)));
  }
}
