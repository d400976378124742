import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CentreMarksFile, Component, ImportRows, type CentreMarksAnswer, type ImportAnswer } from '@portal/contract';
import { components } from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { ComponentIds } from '../../platform/component-id.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { commandContext } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import { Views } from '../../platform/views.js';
import { AllocateCandidates } from './allocate-candidates.js';
import { AllocateModerators } from './allocate-moderators.js';
import { ComponentSetup } from './component.query.js';
import { ImportCentreMarks } from './import-centre-marks.js';
import { NameCentres } from './name-centres.js';
import { PlaceTeam } from './place-team.js';
import { PutComponent } from './put-component.js';
import { RegisterCandidates } from './register-candidates.js';

/** What administrators set up. They enter no marks. */
@Controller('admin')
export class AdminController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly components: ComponentIds,
    private readonly views: Views,
  ) {}

  @Put('components/:component')
  put(@Param('component') given: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<Component>> {
    const wanted = validated(Component, body);
    if (bare(given) !== bare(wanted.component)) {
      throw new ProblemError('malformed-request', 'the component in the address is another', { field: 'component' });
    }
    return this.shown(new PutComponent(wanted, commandContext(request, 'admin')));
  }

  @Get('components/:component')
  async show(@Param('component') given: string) {
    return this.queries.execute(new ComponentSetup(await this.components.find(given)));
  }

  @Post('components/:component/allocations')
  @HttpCode(200)
  async allocate(@Param('component') given: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<ImportAnswer>> {
    const { rows, dryRun = false } = validated(ImportRows, body);
    const component = await this.components.find(given);
    const Allocate = (await this.views.get(components, component))?.kind === 'IAMIS' ? AllocateModerators : AllocateCandidates;
    return this.shown(new Allocate(component, rows, dryRun, commandContext(request, 'admin')));
  }

  @Post('components/:component/centre-marks')
  @HttpCode(200)
  async centreMarks(@Param('component') given: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<CentreMarksAnswer>> {
    const { rows, dryRun = false, submit = false } = validated(CentreMarksFile, body);
    const component = await this.components.find(given, 'IAMIS');
    return this.shown(new ImportCentreMarks(component, rows, { dryRun, submit }, commandContext(request, 'admin')));
  }

  @Post('components/:component/team')
  @HttpCode(200)
  async team(@Param('component') given: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<ImportAnswer> {
    const { rows, dryRun = false } = validated(ImportRows, body);
    const component = await this.components.find(given);
    return this.shown(new PlaceTeam(component, rows, dryRun, commandContext(request, 'admin')));
  }

  @Post('candidates')
  @HttpCode(200)
  candidates(@Body() body: unknown, @Req() request: FastifyRequest): Promise<ImportAnswer> {
    const { rows, dryRun = false } = validated(ImportRows, body);
    return this.shown(new RegisterCandidates(rows, dryRun, commandContext(request, 'admin')));
  }

  @Post('centres')
  @HttpCode(200)
  centres(@Body() body: unknown, @Req() request: FastifyRequest): Promise<ImportAnswer> {
    const { rows, dryRun = false } = validated(ImportRows, body);
    return this.shown(new NameCentres(rows, dryRun, commandContext(request, 'admin')));
  }

  /** What was set up is there for whoever asks next. */
  private async shown<Result>(command: object): Promise<Result> {
    const answer = await this.commands.execute<object, Result>(command);
    await this.views.settle();
    return answer;
  }
}

const bare = (component: string): string => component.split('@', 1)[0] as string;
