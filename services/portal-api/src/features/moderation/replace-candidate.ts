import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** Somebody else, with the nearest mark, is looked at instead. */
export class ReplaceCandidate {
  constructor(
    readonly at: OnCentre,
    readonly about: { readonly candidate: string; readonly expect?: number },
    readonly words: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReplaceCandidate)
export class ReplaceCandidateHandler implements ICommandHandler<ReplaceCandidate, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, about, words, context }: ReplaceCandidate): Promise<Answer<IamisRecorded>> {
    const said = this.commands.said(words, context);
    const asked = { type: 'ReplaceSampleCandidate', centre: at.centre, ...about, reason: said.reference } as const;
    return this.commands.run(at, asked, context, [said]);
  }
}
