import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountChanged } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';

/** Keeps an account from being signed in to: as if there were none. */
export class DisableAccount {
  constructor(
    readonly username: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(DisableAccount)
export class DisableAccountHandler implements ICommandHandler<DisableAccount, Answer<AccountChanged>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ username, context }: DisableAccount): Promise<Answer<AccountChanged>> {
    return this.accounts.disable(username, context);
  }
}
