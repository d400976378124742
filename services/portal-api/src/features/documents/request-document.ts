import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { document, documentStream, type DocumentWanted } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import type { Asker } from './asking.js';

/** Asks for a document; whoever makes it reads that in the log. The command's id is the document's. */
export class RequestDocument {
  constructor(
    readonly wanted: DocumentWanted,
    readonly by: Asker,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RequestDocument)
export class RequestDocumentHandler implements ICommandHandler<RequestDocument, Answer<{ readonly document: string }>> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ wanted, by, context }: RequestDocument): Promise<Answer<{ readonly document: string }>> {
    const id = context.commandId;
    const command = { type: 'RequestDocument', document: id, wanted, ...by } as const;
    const handled = await this.streams.handle(document, documentStream(id), command, context);
    if (handled.kind === 'refused') return refused(handled.refusal);
    if (handled.kind === 'failed') return failed(handled);
    return { document: id };
  }
}
