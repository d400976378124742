import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { WhatIf as WantedOptions, type IamisSample, type IamisSummary } from '@portal/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { CallerOf, callerOf, header, type Caller } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import { Standing } from '../../platform/standing.js';
import { IamisCentres } from './centres.query.js';
import { CentreChanges } from './changes.query.js';
import { Iamis } from './iamis.query.js';
import { Addressed, CENTRE, type CentreParams } from './on-centre.js';
import { CentreOutcome } from './outcome.query.js';
import { CentreReport } from './report.query.js';
import { CentreSample } from './sample.query.js';
import { WhatIf } from './what-if.query.js';

/** What a moderation looks like, in the capacity of whoever asks. */
@Controller('iamis')
export class ModerationController {
  constructor(
    private readonly queries: QueryBus,
    private readonly addressed: Addressed,
    private readonly standing: Standing,
  ) {}

  @Get()
  all(@CallerOf() caller: Caller, @Req() request: FastifyRequest) {
    return this.queries.execute(new Iamis(caller, languageOf(request)));
  }

  @Get(':component')
  async one(@Param('component') given: string, @Req() request: FastifyRequest): Promise<IamisSummary | undefined> {
    const component = await this.addressed.component(given);
    await this.standing.require(callerOf(request), component);
    const only = { component, part: await this.addressed.part(request, { component }) };
    const rows = await this.queries.execute<Iamis, readonly IamisSummary[]>(new Iamis(callerOf(request), languageOf(request), only));
    return rows[0];
  }

  @Get(':component/centres')
  async centres(@Param('component') given: string, @Req() request: FastifyRequest) {
    const component = await this.addressed.component(given);
    await this.standing.require(callerOf(request), component);
    return this.queries.execute(new IamisCentres(component, await this.addressed.part(request, { component })));
  }

  @Get(`${CENTRE}/sample`)
  async sample(@Param() params: CentreParams, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const at = await this.addressed.at(params);
    const query = new CentreSample(at, await this.addressed.part(request, at));
    const answer = await this.queries.execute<CentreSample, Answer<IamisSample>>(query);
    if ('revision' in answer) void reply.header('etag', `"${answer.revision}"`);
    return answer;
  }

  @Get(`${CENTRE}/outcome`)
  async outcome(@Param() params: CentreParams, @Req() request: FastifyRequest) {
    const at = await this.addressed.at(params);
    return this.queries.execute(new CentreOutcome(at, await this.addressed.part(request, at)));
  }

  @Get(`${CENTRE}/report`)
  async report(@Param() params: CentreParams, @Req() request: FastifyRequest) {
    const at = await this.addressed.at(params);
    return this.queries.execute(new CentreReport(at, await this.addressed.part(request, at)));
  }

  @Get(`${CENTRE}/changes`)
  async changes(@Param() params: CentreParams, @Req() request: FastifyRequest) {
    const at = await this.addressed.at(params);
    return this.queries.execute(new CentreChanges(at, await this.addressed.part(request, at)));
  }

  @Post(`${CENTRE}/what-if`)
  @HttpCode(200)
  async whatIf(@Param() params: CentreParams, @Body() body: unknown, @Req() request: FastifyRequest) {
    const at = await this.addressed.at(params);
    const { options } = validated(WantedOptions, body);
    return this.queries.execute(new WhatIf(at, await this.addressed.part(request, at), options));
  }
}

const languageOf = (request: FastifyRequest): 'en' | 'cy' => (/^cy\b/.test(header(request, 'accept-language') ?? '') ? 'cy' : 'en');
