import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import { juniorsOf, team, teamStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { IDS, type Ids } from '../../platform/ids.js';
import { STREAMS } from '../../platform/tokens.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** More of the cohort is looked at; a team leader may ask for it in their own part of the team. */
export class DrawFurther {
  constructor(
    readonly at: OnCentre,
    readonly size: number | undefined,
    readonly words: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(DrawFurther)
export class DrawFurtherHandler implements ICommandHandler<DrawFurther, Answer<IamisRecorded>> {
  constructor(
    private readonly commands: ModerationCommands,
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async execute({ at, size, words, context }: DrawFurther): Promise<Answer<IamisRecorded>> {
    const { state } = await this.streams.load(team, teamStream(at.component));
    const said = this.commands.said(words, context);
    const asked = {
      type: 'RequestFurtherSample',
      reason: said.reference,
      ...(size !== undefined && { size }),
      seed: this.ids.random(),
      seniorTo: juniorsOf(state, context.actor),
    } as const;
    return this.commands.run(at, asked, context, [said]);
  }
}
