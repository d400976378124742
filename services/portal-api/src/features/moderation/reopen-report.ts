import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** A completed report is a draft again. */
export class ReopenReport {
  constructor(
    readonly at: OnCentre,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReopenReport)
export class ReopenReportHandler implements ICommandHandler<ReopenReport, Answer<IamisRecorded>> {
  constructor(private readonly commands: ModerationCommands) {}

  execute({ at, context }: ReopenReport): Promise<Answer<IamisRecorded>> {
    return this.commands.run(at, { type: 'ReopenReport' }, context);
  }
}
