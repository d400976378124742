import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { CLOCK, type Clock } from '../../platform/clock.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';
import { SettingsNow } from './settings-now.js';

/** The moderator is done: the outcome by the settings of this moment goes with it, and whether it is late. */
export class SubmitModeration {
  constructor(
    readonly at: OnCentre,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(SubmitModeration)
export class SubmitModerationHandler implements ICommandHandler<SubmitModeration, Answer<IamisRecorded>> {
  constructor(
    private readonly commands: ModerationCommands,
    private readonly settings: SettingsNow,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ at, context }: SubmitModeration): Promise<Answer<IamisRecorded>> {
    const { moderating, deadline } = await this.settings.of(at.component, context.actor);
    const late = deadline !== undefined && this.clock().getTime() > Date.parse(deadline);
    const due = deadline === undefined ? {} : { deadline };
    return this.commands.run(at, { type: 'SubmitModeration', settings: moderating.settings, ...due, late }, context);
  }
}
