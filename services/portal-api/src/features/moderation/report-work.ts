import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** The work of a sampled candidate did not come, for a reason, or has come after all. */
export class ReportWork {
  constructor(
    readonly at: OnCentre,
    readonly about: { readonly candidate: string; readonly expect?: number },
    /** Why it did not come; undefined where it has. */
    readonly words: string | undefined,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReportWork)
export class ReportWorkHandler implements ICommandHandler<ReportWork, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, about, words, context }: ReportWork): Promise<Answer<IamisRecorded>> {
    const which = { centre: at.centre, ...about };
    if (words === undefined) return this.commands.run(at, { type: 'ReportWorkReceived', ...which }, context);
    const said = this.commands.said(words, context);
    return this.commands.run(at, { type: 'ReportWorkNotReceived', ...which, reason: said.reference }, context, [said]);
  }
}
