import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { document, documentStream, type Artefact } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, refused, type Answer } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import type { Asker } from './asking.js';

/** What its reader gets, recorded before they have it; without a context whether they may, and nothing is recorded. */
export class DownloadDocument {
  constructor(
    readonly document: string,
    readonly by: Asker,
    readonly context?: CommandContext,
  ) {}
}

@CommandHandler(DownloadDocument)
export class DownloadDocumentHandler implements ICommandHandler<DownloadDocument, Answer<{ readonly artefact: Artefact }>> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ document: id, by, context }: DownloadDocument): Promise<Answer<{ readonly artefact: Artefact }>> {
    const command = { type: 'DownloadDocument', document: id, ...by } as const;
    if (context === undefined) return this.allowed(command);
    const handled = await this.streams.handle(document, documentStream(id), command, context);
    if (handled.kind === 'refused') return refused(handled.refusal);
    if (handled.kind === 'failed') return failed(handled);
    return { artefact: handled.state.artefact as Artefact };
  }

  private async allowed(command: Parameters<typeof document.decide>[0] & { readonly document: string }) {
    const { state } = await this.streams.load(document, documentStream(command.document));
    const decision = document.decide(command, state);
    return 'refused' in decision ? refused(decision.refused) : { artefact: state.artefact as Artefact };
  }
}
