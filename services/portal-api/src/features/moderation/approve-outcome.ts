import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { IamisRecorded } from '@portal/contract';
import { hasRole, team, teamStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { STREAMS } from '../../platform/tokens.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';

/** Approves the outcome that was looked at; the one in force where none is named. */
export class ApproveOutcome {
  constructor(
    readonly at: OnCentre,
    readonly outcome: number | undefined,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ApproveOutcome)
export class ApproveOutcomeHandler implements ICommandHandler<ApproveOutcome, Answer<IamisRecorded>> {
  constructor(
    private readonly commands: ModerationCommands,
    @Inject(STREAMS) private readonly streams: Streams,
  ) {}

  async execute({ at, outcome, context }: ApproveOutcome): Promise<Answer<IamisRecorded>> {
    const inForce = outcome ?? (await this.commands.state(at))?.outcome?.revision ?? NONE;
    const approvers = await this.approvers(at.component);
    return this.commands.run(at, { type: 'ApproveOutcome', outcome: inForce, approvers }, context);
  }

  private async approvers(component: string): Promise<readonly string[]> {
    const { state } = await this.streams.load(team, teamStream(component));
    return [...state.members.keys()].filter((one) => hasRole(state, one, 'principal') || hasRole(state, one, 'chair'));
  }
}

/** No event has this revision: the domain says what is in the way. */
const NONE = -1;
