import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { MarkReviewedAs, ReviewMark as Typed } from '@portal/contract';
import { candidateAt, inPoints, standingOf } from '@portal/domain';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { ModerationCommands, type OnCentre } from './moderation-commands.js';
import { SettingsNow } from './settings-now.js';
import { verdictNow } from './verdict.js';

/** A moderator's mark, or `CLEAR`, for one candidate of the sample, exactly as it was typed. */
export class ReviewMark {
  constructor(
    readonly at: OnCentre,
    readonly about: { readonly candidate: string; readonly expect?: number },
    readonly typed: Typed,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReviewMark)
export class ReviewMarkHandler implements ICommandHandler<ReviewMark, Answer<MarkReviewedAs>> {
  constructor(
    private readonly commands: ModerationCommands,
    private readonly settings: SettingsNow,
  ) {}

  async execute({ at, about, typed: { mark: typed, ...times }, context }: ReviewMark): Promise<Answer<MarkReviewedAs>> {
    const asked = { type: 'EnterModeratorMark', centre: at.centre, ...about, typed } as const;
    const answer = await this.commands.handle(at, asked, { ...context, ...times });
    if (!('events' in answer)) return answer;
    const { state, events } = answer;
    const candidate = candidateAt(state.candidates, { centre: at.centre, candidate: about.candidate });
    const mark = candidate?.moderatorMark;
    const last = events.at(-1);
    const { moderating } = await this.settings.of(at.component);
    return {
      candidate: about.candidate,
      mark: mark === undefined ? null : inPoints(mark, state.halfMarks),
      event: last?.id ?? null,
      position: last?.position ?? null,
      recordedAt: last === undefined ? null : String(last.metadata['recordedAt']),
      revision: candidate?.revision ?? 0,
      remaining: standingOf(state).remaining,
      verdict: verdictNow(state, moderating),
    };
  }
}
