import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded, ReallocateModerator } from '@portal/contract';
import { juniorsOf, team, teamStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { refused, type Answer } from '../../platform/answer.js';
import { PersonNames } from '../../platform/person-names.js';
import { STREAMS } from '../../platform/tokens.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** A senior of both gives a centre to another moderator. */
export class ReallocateCentre {
  constructor(
    readonly at: OnCentre,
    readonly wanted: ReallocateModerator,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReallocateCentre)
export class ReallocateCentreHandler implements ICommandHandler<ReallocateCentre, Answer<IamisRecorded>> {
  constructor(
    private readonly commands: ModerationCommands,
    private readonly names: PersonNames,
    @Inject(STREAMS) private readonly streams: Streams,
  ) {}

  async execute({ at, wanted: { to: username, entered }, context }: ReallocateCentre): Promise<Answer<IamisRecorded>> {
    const to = await this.names.account(username);
    if (to === undefined) return refused({ reason: 'PersonUnknown', person: username });
    // From the team's own stream, and its revision stands in the event: never from a view that lags.
    const { state } = await this.streams.load(team, teamStream(at.component));
    const senior = { seniorTo: juniorsOf(state, context.actor), teamRevision: state.revision };
    return this.commands.run(at, { type: 'ReallocateModerator', to, ...(entered && { entered }), ...senior }, context);
  }
}
