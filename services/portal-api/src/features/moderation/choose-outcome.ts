import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Choose, IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** A principal's reasoned decision over what the settings gave, or did not give. */
export class ChooseOutcome {
  constructor(
    readonly at: OnCentre,
    readonly wanted: Omit<Choose, 'reason'>,
    readonly words: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ChooseOutcome)
export class ChooseOutcomeHandler implements ICommandHandler<ChooseOutcome, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, wanted: { method: choice, ...others }, words, context }: ChooseOutcome): Promise<Answer<IamisRecorded>> {
    const said = this.commands.said(words, context);
    return this.commands.run(at, { type: 'ChooseOutcome', choice, ...others, reason: said.reference }, context, [said]);
  }
}
