import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** One mark of the centre is to be another, or comes late: asked here, decided by somebody else. */
export class RequestChange {
  constructor(
    readonly at: OnCentre,
    readonly candidate: string,
    readonly wanted: { readonly mark: string; readonly teachingGroup?: string | undefined },
    readonly words: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(RequestChange)
export class RequestChangeHandler implements ICommandHandler<RequestChange, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  async execute({ at, candidate, wanted, words, context }: RequestChange): Promise<Answer<IamisRecorded>> {
    const { mark: typed, teachingGroup } = wanted;
    const said = this.commands.said(words, context);
    const about = { centre: at.centre, candidate, typed, ...(teachingGroup !== undefined && { teachingGroup }) };
    return this.commands.run(at, { type: 'RequestCentreMarkChange', ...about, reason: said.reference }, context, [said]);
  }
}
