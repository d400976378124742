import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EnterMark as Typed, MarkEntered } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import type { Answer } from '../../platform/answer.js';
import { CandidateCommands, type OnSheet } from './candidate-command.js';

/** A mark, `ABS` or `CLEAR` for one candidate, exactly as it was typed. */
export class EnterMark {
  constructor(
    readonly sheet: OnSheet,
    readonly candidate: string,
    readonly typed: Typed,
    readonly expect: number | undefined,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(EnterMark)
export class EnterMarkHandler implements ICommandHandler<EnterMark, Answer<MarkEntered>> {
  constructor(private readonly candidates: CandidateCommands) {}

  execute({ sheet, candidate, typed, expect, context }: EnterMark): Promise<Answer<MarkEntered>> {
    const { mark, confirmed, enteredAt, queuedMs } = typed;
    const asked = {
      type: 'EnterTyped',
      candidate,
      typed: mark,
      ...(confirmed !== undefined && { confirmed }),
      ...(expect !== undefined && { expect }),
    } as const;
    const said = { ...(enteredAt !== undefined && { enteredAt }), ...(queuedMs !== undefined && { queuedMs }) };
    return this.candidates.run(sheet, asked, { ...context, ...said });
  }
}
