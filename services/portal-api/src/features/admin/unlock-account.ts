import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountChanged } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';

/** Opens what wrong passwords have locked. */
export class UnlockAccount {
  constructor(
    readonly username: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(UnlockAccount)
export class UnlockAccountHandler implements ICommandHandler<UnlockAccount, Answer<AccountChanged>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ username, context }: UnlockAccount): Promise<Answer<AccountChanged>> {
    return this.accounts.unlock(username, context);
  }
}
