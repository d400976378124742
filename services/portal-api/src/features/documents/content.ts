import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { DocumentTold } from '@portal/domain';
import { eventId, type Streams } from '@portal/event-store';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import type { FileStore } from '../../platform/files/file-store.js';
import { ProblemError } from '../../platform/http/problem-error.js';
import { callerOf, commandContext, header } from '../../platform/http/request-context.js';
import { requireFactor } from '../../platform/http/required-factor.js';
import { wantedContent, type WantedContent } from '../../platform/http/wanted-content.js';
import { IDS, type Ids } from '../../platform/ids.js';
import { log } from '../../platform/logging.js';
import { FILES, STREAMS } from '../../platform/tokens.js';
import type { Asker } from './asking.js';
import { DownloadDocument } from './download-document.js';
import { recordFound } from './record-found.js';
import { shown } from './shown.js';

/** Sends the bytes of a document: whole, a part, or the word that they are unchanged; to HEAD what would stand above them. */
@Injectable()
export class Content {
  constructor(
    private readonly commands: CommandBus,
    @Inject(FILES) private readonly files: FileStore,
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async send(told: DocumentTold, by: Asker, request: FastifyRequest, reply: FastifyReply): Promise<object | undefined> {
    if (told.wanted?.kind === 'export') requireFactor('recent', callerOf(request));
    const { artefact } = told;
    const etag = `"${artefact?.sha256 ?? ''}"`;
    const wanted = wantedContent(headersOf(request), etag, artefact?.bytes ?? 0);
    const answer = await this.asked(new DownloadDocument(told.document, by));
    if (!('artefact' in answer)) return answer;
    const { sha256, bytes, mediaType } = answer.artefact;
    void reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' });
    if (wanted.kind === 'unchanged') return void (await reply.status(304).send());
    if (wanted.kind === 'unsatisfiable') return void (await reply.status(416).header('content-range', `bytes */${bytes}`).send());
    await this.requireFile(told);
    const range = wanted.kind === 'part' ? wanted.range : { from: 0, to: bytes - 1 };
    const body = request.method === 'HEAD' ? undefined : await this.files.read(sha256, range);
    const no = body && (await this.recorded(told, by, wanted, request, body));
    if (no !== undefined) return no;
    void reply.headers({ 'content-type': mediaType, 'content-disposition': contentDisposition(shown(told).fileName) });
    void reply.header('content-length', range.to - range.from + 1);
    if (wanted.kind === 'part') void reply.status(206).header('content-range', `bytes ${range.from}-${range.to}/${bytes}`);
    await reply.send(body);
    return undefined;
  }

  private asked(command: DownloadDocument): Promise<Answer<{ readonly artefact: NonNullable<DocumentTold['artefact']> }>> {
    return this.commands.execute(command);
  }

  /** Each download, when its bytes are there to be sent; what goes on with one, or begins in the middle, once in a sign-in. */
  private async recorded(told: DocumentTold, by: Asker, wanted: WantedContent, request: FastifyRequest, body: Readable): Promise<object | undefined> {
    const goesOn = wanted.kind === 'part' && wanted.range.from > 0;
    const commandId = goesOn ? eventId(callerOf(request).session, told.document, 0) : this.ids.random();
    const context = commandContext(request, by.capacity, { commandId, asked: 'content', at: `/documents/${told.document}/content` });
    let isRecorded = false;
    try {
      const answer = await this.asked(new DownloadDocument(told.document, by, context));
      isRecorded = 'artefact' in answer;
      return isRecorded ? undefined : answer;
    } finally {
      if (!isRecorded) body.destroy();
    }
  }

  /** A store that is away says nothing of a file. One that is there and has not got it lost it: what was made from records can be made again. */
  async requireFile(told: DocumentTold): Promise<void> {
    if (told.artefact === undefined) return;
    const { sha256, bytes } = told.artefact;
    const size = await this.files.size(sha256);
    if (size === bytes) return;
    log.error({ document: told.document, sha256, bytes, size: size ?? null }, 'a file is not as it was kept');
    if (told.wanted === undefined) throw new ProblemError('agenda-lost', 'its file is there no more: it has to be uploaded again');
    await recordFound(this.streams, told, 'lost', { type: 'RecordLoss', document: told.document, sha256 });
    throw new ProblemError('document-lost', 'its file is there no more: it can be made again from the records');
  }
}

/** A part is asked for with GET alone. */
const headersOf = (request: FastifyRequest) => ({
  ifNoneMatch: header(request, 'if-none-match'),
  range: request.method === 'GET' ? header(request, 'range') : undefined,
  ifRange: header(request, 'if-range'),
});
