import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { document, documentStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import type { FileStore } from '../../platform/files/file-store.js';
import { FILES, STREAMS } from '../../platform/tokens.js';

/** The agenda of a component's conference: kept first, then recorded. The command's id is the document's. */
export class UploadAgenda {
  constructor(
    readonly component: string,
    /** A PDF. */
    readonly bytes: Buffer,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(UploadAgenda)
export class UploadAgendaHandler implements ICommandHandler<UploadAgenda, Answer<{ readonly document: string }>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(FILES) private readonly files: FileStore,
  ) {}

  async execute({ component, bytes, context }: UploadAgenda): Promise<Answer<{ readonly document: string }>> {
    const id = context.commandId;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.files.put(sha256, bytes);
    const artefact = { sha256, bytes: bytes.length, pages: 0, mediaType: 'application/pdf', extension: 'pdf' };
    const command = { type: 'UploadAgenda', document: id, component, account: context.actor, ...artefact } as const;
    const handled = await this.streams.handle(document, documentStream(id), command, context);
    if (handled.kind === 'refused') return refused(handled.refusal);
    if (handled.kind === 'failed') return failed(handled);
    return { document: id };
  }
}
