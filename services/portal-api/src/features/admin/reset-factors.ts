import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountChanged } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';

/** Takes away every second factor of somebody who has lost theirs. */
export class ResetFactors {
  constructor(
    readonly username: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ResetFactors)
export class ResetFactorsHandler implements ICommandHandler<ResetFactors, Answer<AccountChanged>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ username, context }: ResetFactors): Promise<Answer<AccountChanged>> {
    return this.accounts.resetFactors(username, context);
  }
}
