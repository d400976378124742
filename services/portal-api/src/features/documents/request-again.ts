import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { document, documentStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import type { Asker } from './asking.js';

/** One that is parked, or was lost, is made anew. */
export class RequestDocumentAgain {
  constructor(
    readonly document: string,
    readonly by: Asker,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RequestDocumentAgain)
export class RequestDocumentAgainHandler implements ICommandHandler<RequestDocumentAgain, Answer<{ readonly document: string }>> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ document: id, by, context }: RequestDocumentAgain): Promise<Answer<{ readonly document: string }>> {
    const command = { type: 'RequestDocumentAgain', document: id, ...by } as const;
    const handled = await this.streams.handle(document, documentStream(id), command, context);
    if (handled.kind === 'refused') return refused(handled.refusal);
    if (handled.kind === 'failed') return failed(handled);
    return { document: id };
  }
}
