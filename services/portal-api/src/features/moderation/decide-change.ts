import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** A change of a centre's mark is approved, or refused for a reason. */
export class DecideChange {
  constructor(
    readonly at: OnCentre,
    readonly change: number,
    /** Why not; undefined where it is approved. */
    readonly words: string | undefined,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(DecideChange)
export class DecideChangeHandler implements ICommandHandler<DecideChange, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, change, words, context }: DecideChange): Promise<Answer<IamisRecorded>> {
    if (words === undefined) return this.commands.run(at, { type: 'ApproveCentreMarkChange', change }, context);
    const said = this.commands.said(words, context);
    return this.commands.run(at, { type: 'RefuseCentreMarkChange', change, reason: said.reference }, context, [said]);
  }
}
