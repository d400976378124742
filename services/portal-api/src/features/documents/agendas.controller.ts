import { createHash } from 'node:crypto';
import { Controller, Get, Head, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Document } from '@portal/contract';
import { agendas, type DocumentTold } from '@portal/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused, type Answer } from '../../platform/answer.js';
import { ComponentIds } from '../../platform/component-id.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { commandContext } from '../../platform/http/request-context.js';
import { Views } from '../../platform/views.js';
import { Asking } from './asking.js';
import { Content } from './content.js';
import { ToldDocuments } from './told-documents.js';
import { UploadAgenda } from './upload-agenda.js';

/** What staff give to everybody with a part in a component before its conference. */
@Controller('agendas')
export class AgendasController {
  constructor(
    private readonly commands: CommandBus,
    private readonly components: ComponentIds,
    private readonly views: Views,
    private readonly asking: Asking,
    private readonly told: ToldDocuments,
    private readonly content: Content,
  ) {}

  @Put(':component')
  async upload(@Param('component') given: string, @Req() request: FastifyRequest): Promise<Answer<Document>> {
    const component = await this.components.find(given);
    const { body } = request;
    if (!Buffer.isBuffer(body) || !isPdf(body)) throw new ProblemError('not-a-pdf', 'a PDF is wanted');
    const context = commandContext(request, 'admin', { asked: createHash('sha256').update(body).digest('hex') });
    const answer = await this.commands.execute<UploadAgenda, Answer<{ readonly document: string }>>(new UploadAgenda(component, body, context));
    if (!('document' in answer)) return answer;
    // What was uploaded is there for whoever asks next.
    await this.views.settle();
    return (await this.told.shown(answer.document)) as Document;
  }

  @Get(':component')
  async show(@Param('component') given: string, @Req() request: FastifyRequest): Promise<Answer<Document>> {
    const component = await this.components.find(given);
    await this.asking.find(request, component, undefined);
    const told = await this.inForce(component);
    return told === undefined ? none(component) : this.told.show(told);
  }

  @Head(':component/content')
  async look(@Param('component') given: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.download(given, request, reply);
  }

  @Get(':component/content')
  async download(@Param('component') given: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const component = await this.components.find(given);
    const by = await this.asking.find(request, component, undefined);
    const told = await this.inForce(component);
    const no = told === undefined ? none(component) : await this.content.send(told, by, request, reply);
    if (no !== undefined) await reply.send(no);
  }

  private async inForce(component: string): Promise<DocumentTold | undefined> {
    const agenda = await this.views.get(agendas, component);
    return agenda === undefined ? undefined : this.told.find(agenda.document);
  }
}

const none = (component: string) => refused({ reason: 'DocumentUnknown', document: component });

/** By its first and last words: what is inside is the business of whoever opens it. */
const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 5).equals(Buffer.from('%PDF-')) && bytes.subarray(-1024).includes('%%EOF');
