import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountCreated, CreateAccount as Wanted } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';
import { plainText } from '../../platform/http/plain-text.js';

/** Makes an account and a single-use invitation with which its person chooses a password. */
export class CreateAccount {
  constructor(
    readonly wanted: Wanted,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(CreateAccount)
export class CreateAccountHandler implements ICommandHandler<CreateAccount, Answer<AccountCreated>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ wanted, context }: CreateAccount): Promise<Answer<AccountCreated>> {
    const { username, name, roles, email } = wanted;
    return this.accounts.create({ username, displayName: plainText(name), roles, email }, context);
  }
}
