import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** The outcome goes back to the moderator, or all the marks to the centre. */
export class GiveBack {
  constructor(
    readonly at: OnCentre,
    readonly what: 'outcome' | 'centre-marks',
    readonly words: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(GiveBack)
export class GiveBackHandler implements ICommandHandler<GiveBack, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, what, words, context }: GiveBack): Promise<Answer<IamisRecorded>> {
    const said = this.commands.said(words, context);
    const type = what === 'outcome' ? 'ReturnOutcome' : 'ReturnCentreMarks';
    return this.commands.run(at, { type, reason: said.reference }, context, [said]);
  }
}
