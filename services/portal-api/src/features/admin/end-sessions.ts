import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountChanged } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';

/** Signs somebody out everywhere. */
export class EndSessions {
  constructor(
    readonly username: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(EndSessions)
export class EndSessionsHandler implements ICommandHandler<EndSessions, Answer<AccountChanged>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ username, context }: EndSessions): Promise<Answer<AccountChanged>> {
    return this.accounts.endSessions(username, context);
  }
}
