import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MarkEntered } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { FreeTexts } from '../../platform/free-texts.js';
import { CandidateCommands, type OnSheet } from './candidate-command.js';

/** A script did not come. Why not is in the examiner's own words, which are kept only where the report is. */
export class ReportMissingScript {
  constructor(
    readonly sheet: OnSheet,
    readonly about: { readonly candidate: string; readonly expect?: number },
    readonly words: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReportMissingScript)
export class ReportMissingScriptHandler implements ICommandHandler<ReportMissingScript, Answer<MarkEntered>> {
  constructor(
    private readonly candidates: CandidateCommands,
    private readonly texts: FreeTexts,
  ) {}

  async execute({ sheet, about, words, context }: ReportMissingScript): Promise<Answer<MarkEntered>> {
    const reason = this.texts.refer(words, context);
    const asked = { type: 'ReportScriptNotReceived', reason, ...about } as const;
    if (await this.candidates.wouldRecord(sheet, asked, context)) {
      const failure = await this.texts.write(reason, words, context);
      if (failure !== undefined) return failure;
    }
    return this.candidates.run(sheet, asked, context);
  }
}
