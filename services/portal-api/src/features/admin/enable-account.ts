import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountChanged } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';

/** Opens an account again that was disabled. */
export class EnableAccount {
  constructor(
    readonly username: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(EnableAccount)
export class EnableAccountHandler implements ICommandHandler<EnableAccount, Answer<AccountChanged>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ username, context }: EnableAccount): Promise<Answer<AccountChanged>> {
    return this.accounts.enable(username, context);
  }
}
