import { Body, Controller, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  Concern,
  EnterMark as Typed,
  EnterMarks,
  Flag,
  MarkRow,
  Script,
  Unlisted,
  Verify,
  type MarkAnswer,
  type MarkEntered,
  type Recorded,
  type Sheet as SheetDocument,
} from '@portal/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { CapacityOf, roleOf } from '../../platform/capacity.js';
import { ComponentIds } from '../../platform/component-id.js';
import { plainText } from '../../platform/http/plain-text.js';
import { problem, problemIn } from '../../platform/http/problems.js';
import { CallerOf, callerOf, commandContext, header, ifMatch, type Caller } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import { Standing } from '../../platform/standing.js';
import type { Asked, OnSheet } from './candidate-command.js';
import { Emi } from './emi.query.js';
import { EnterMark } from './enter-mark.js';
import { ReportMissingScript } from './report-missing-script.js';
import { ReportOnCandidate } from './report-on-candidate.js';
import { ReportUnlistedScript } from './report-unlisted-script.js';
import { Sheet } from './sheet.query.js';
import { Sheets } from './sheets.query.js';

const SHEET = ':component/sheets/:centre';
const CANDIDATE = `${SHEET}/candidates/:candidate`;

interface SheetParams {
  readonly component: string;
  readonly centre: string;
}
type CandidateParams = SheetParams & { readonly candidate: string };

@Controller('emi')
export class MarkEntryController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly components: ComponentIds,
    private readonly capacity: CapacityOf,
    private readonly standing: Standing,
  ) {}

  @Get()
  emi(@CallerOf() caller: Caller, @Req() request: FastifyRequest) {
    const language = /^cy\b/.test(header(request, 'accept-language') ?? '') ? 'cy' : 'en';
    return this.queries.execute(new Emi(readsAll(caller) ? undefined : caller.account, language));
  }

  @Get(':component/sheets')
  async sheets(@Param('component') given: string, @Req() request: FastifyRequest) {
    const component = await this.components.find(given);
    await this.standing.require(callerOf(request), component);
    const account = this.capacity.account(request, await this.capacity.find(request, component));
    return this.queries.execute(new Sheets(component, readsAll(callerOf(request)) ? undefined : account));
  }

  @Get(SHEET)
  async sheet(@Param() params: SheetParams, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { component, centre } = await this.on(params);
    const capacity = await this.capacity.find(request, component);
    const isWhole = roleOf(capacity) !== 'examiner' && !capacity.includes('member=');
    const examiner = isWhole ? undefined : this.capacity.account(request, capacity);
    const answer = await this.queries.execute<Sheet, Answer<SheetDocument>>(new Sheet(component, centre, examiner));
    if ('revision' in answer) void reply.header('etag', `"${answer.revision}"`);
    return answer;
  }

  @Post(`${SHEET}/marks`)
  @HttpCode(200)
  async enterMarks(@Param() params: SheetParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<MarkAnswer[]> {
    const sheet = await this.on(params);
    const { marks } = validated(EnterMarks, body);
    const capacity = await this.capacity.find(request, sheet.component);
    return Promise.all(marks.map((row) => this.enterRow(sheet, row, request, capacity)));
  }

  /** The way every mark goes: taken from the request itself, which costs less than having each part of it handed over. */
  @Put(`${CANDIDATE}/mark`)
  async enterMark(@Req() request: FastifyRequest<{ Params: CandidateParams }>): Promise<Answer<MarkEntered>> {
    const sheet = await this.on(request.params);
    const typed = validated(Typed, request.body);
    const asked = { mark: typed.mark, confirmed: typed.confirmed };
    const context = commandContext(request, await this.capacity.find(request, sheet.component), { asked });
    return this.commands.execute(new EnterMark(sheet, request.params.candidate, typed, ifMatch(request), context));
  }

  @Post(`${CANDIDATE}/verification`)
  @HttpCode(200)
  verify(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { mark, keep } = validated(Verify, body);
    return this.report(params, request, { type: 'VerifyMark', typed: mark, ...(keep !== undefined && { keep }), ...about(params, request) });
  }

  @Post(`${CANDIDATE}/flag`)
  @HttpCode(200)
  flag(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { flagged } = validated(Flag, body);
    return this.report(params, request, { type: flagged ? 'FlagSample' : 'UnflagSample', ...about(params, request) });
  }

  @Post(`${CANDIDATE}/script`)
  @HttpCode(200)
  async script(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { received, reason = '' } = validated(Script, body);
    const candidate = about(params, request);
    if (received) return this.report(params, request, { type: 'ReportScriptReceived', ...candidate });
    const sheet = await this.on(params);
    const context = commandContext(request, await this.capacity.find(request, sheet.component));
    return this.commands.execute(new ReportMissingScript(sheet, candidate, plainText(reason), context));
  }

  @Post(`${CANDIDATE}/concern`)
  @HttpCode(200)
  concern(@Param() params: CandidateParams, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { kind } = validated(Concern, body);
    return this.report(params, request, { type: 'RaiseConcern', kind, ...about(params, request) });
  }

  @Post(`${SHEET}/unlisted`)
  @HttpCode(200)
  async unlisted(@Param() params: SheetParams, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<Recorded>> {
    const sheet = await this.on(params);
    const { number } = validated(Unlisted, body);
    const context = commandContext(request, await this.capacity.find(request, sheet.component));
    return this.commands.execute(new ReportUnlistedScript(sheet, number, context));
  }

  private async report(params: SheetParams, request: FastifyRequest, asked: Asked): Promise<Answer<MarkEntered>> {
    const sheet = await this.on(params);
    const context = commandContext(request, await this.capacity.find(request, sheet.component));
    return this.commands.execute(new ReportOnCandidate(sheet, asked, context));
  }

  private async enterRow(sheet: OnSheet, given: unknown, request: FastifyRequest, capacity: string): Promise<MarkAnswer> {
    const parsed = MarkRow.safeParse(given);
    if (!parsed.success) return malformedRow(given, String(parsed.error.issues[0]?.path[0] ?? 'row'));
    const { commandId, candidate, expect, ...typed } = parsed.data;
    const asked = { candidate, mark: typed.mark, confirmed: typed.confirmed };
    const context = commandContext(request, capacity, { commandId: commandId.toLowerCase(), asked });
    const command = new EnterMark(sheet, candidate, typed, expect, context);
    const answer = await this.commands.execute<EnterMark, Answer<MarkEntered>>(command);
    const refused = problemIn(answer);
    return refused === undefined ? { commandId, recorded: answer as MarkEntered } : { commandId, refused };
  }

  private async on({ component, centre }: SheetParams): Promise<OnSheet> {
    return { component: await this.components.find(component), centre };
  }
}

/** An auditor who marks nothing sees what everybody has. */
const readsAll = ({ roles }: Caller): boolean => roles.includes('auditor') && !roles.includes('appointee');

function about({ candidate }: CandidateParams, request: FastifyRequest) {
  const expect = ifMatch(request);
  return { candidate, ...(expect !== undefined && { expect }) };
}

function malformedRow(given: unknown, field: string): MarkAnswer {
  const commandId = (given as { commandId?: unknown } | null)?.commandId;
  const refused = problem('malformed-request', `${field}: not well formed`, { field });
  return { commandId: typeof commandId === 'string' ? commandId.slice(0, 64) : null, refused };
}
