import { Body, Controller, Get, Head, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { DocumentsAsked, RequestDocument as Wanted, type Document } from '@portal/contract';
import type { DocumentTold, DocumentWanted } from '@portal/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused, type Answer } from '../../platform/answer.js';
import { ComponentIds } from '../../platform/component-id.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { CallerOf, callerOf, commandContext, type Caller } from '../../platform/http/request-context.js';
import { requireFactor } from '../../platform/http/required-factor.js';
import { validated } from '../../platform/http/validated.js';
import { readsEverything } from '../../platform/standing.js';
import { Asking } from './asking.js';
import { Content } from './content.js';
import { Documents } from './documents.query.js';
import { Progress } from './progress.js';
import { RequestDocumentAgain } from './request-again.js';
import { RequestDocument } from './request-document.js';
import { ToldDocuments } from './told-documents.js';

@Controller('documents')
export class DocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly components: ComponentIds,
    private readonly asking: Asking,
    private readonly told: ToldDocuments,
    private readonly content: Content,
    private readonly progress: Progress,
  ) {}

  @Post()
  @HttpCode(202)
  async request(@Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<Document>> {
    const asked = validated(Wanted, body);
    if (asked.kind === 'export') requireFactor('recent', callerOf(request));
    const component = await this.components.find(asked.component);
    const wanted = { ...asked, component, ...(asked.kind !== 'export' && { language: asked.language ?? 'en' }) } as DocumentWanted;
    const by = await this.asking.find(request, component, wanted.centre);
    return this.after(new RequestDocument(wanted, by, commandContext(request, by.capacity)));
  }

  @Get()
  async list(@CallerOf() caller: Caller, @Query() query: unknown): Promise<readonly Document[]> {
    const { component: given } = validated(DocumentsAsked, query);
    if (given === undefined) return this.queries.execute(new Documents({ account: caller.account }));
    if (!readsEverything(caller)) throw new ProblemError('not-permitted', 'what others asked for is for those who read everything');
    return this.queries.execute(new Documents({ component: await this.components.find(given) }));
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Answer<Document>> {
    const told = await this.known(id, request);
    return told === undefined ? unknown(id) : this.told.show(told);
  }

  @Get(':id/progress')
  async tell(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const told = await this.known(id, request);
    if (told === undefined) return void (await reply.send(unknown(id)));
    await this.progress.tell(await this.told.show(told), reply, callerOf(request));
  }

  @Head(':id/content')
  async look(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.download(id, request, reply);
  }

  @Get(':id/content')
  async download(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const told = await this.known(id, request);
    const no = told === undefined ? unknown(id) : await this.content.send(told, await this.asking.about(told, request), request, reply);
    if (no !== undefined) await reply.send(no);
  }

  @Post(':id/retry')
  @HttpCode(200)
  async retry(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Answer<Document>> {
    const told = await this.known(id, request);
    if (told === undefined) return unknown(id);
    const by = await this.asking.about(told, request);
    // An agenda is not made: it is there, or has to be uploaded again.
    if (told.wanted === undefined) await this.content.requireFile(told);
    return this.after(new RequestDocumentAgain(id, by, commandContext(request, by.capacity)));
  }

  private async after(command: RequestDocument | RequestDocumentAgain): Promise<Answer<Document>> {
    const answer = await this.commands.execute<object, Answer<{ readonly document: string }>>(command);
    if (!('document' in answer)) return answer;
    return (await this.told.shown(answer.document)) as Document;
  }

  /** What somebody else asked for is none: whether there is one is told to nobody. */
  private async known(id: string, request: FastifyRequest): Promise<DocumentTold | undefined> {
    const told = await this.told.find(id);
    return told !== undefined && (await this.mayKnow(told, request)) ? told : undefined;
  }

  /** Of their own, and of what everybody may have. */
  private async mayKnow(told: DocumentTold, request: FastifyRequest): Promise<boolean> {
    const caller = callerOf(request);
    if (told.account === caller.account || readsEverything(caller)) return true;
    if (told.wanted !== undefined) return false;
    await this.asking.about(told, request);
    return true;
  }
}

const unknown = (id: string) => refused({ reason: 'DocumentUnknown', document: id });
