import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MarkEntered } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { CandidateCommands, type Asked, type OnSheet } from './candidate-command.js';

/** Everything but the mark itself: blind second entry, flag for the sample, script (not) received, concern. */
export class ReportOnCandidate {
  constructor(
    readonly sheet: OnSheet,
    readonly asked: Asked,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReportOnCandidate)
export class ReportOnCandidateHandler implements ICommandHandler<ReportOnCandidate, Answer<MarkEntered>> {
  constructor(private readonly candidates: CandidateCommands) {}

  execute({ sheet, asked, context }: ReportOnCandidate): Promise<Answer<MarkEntered>> {
    return this.candidates.run(sheet, asked, context);
  }
}
