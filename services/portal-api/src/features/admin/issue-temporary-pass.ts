import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { TemporaryPass } from '@portal/contract';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import type { Answer } from '../../platform/answer.js';

/** Lets somebody in once whose second factor is out of reach. */
export class IssueTemporaryPass {
  constructor(
    readonly username: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(IssueTemporaryPass)
export class IssueTemporaryPassHandler implements ICommandHandler<IssueTemporaryPass, Answer<TemporaryPass>> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ username, context }: IssueTemporaryPass): Promise<Answer<TemporaryPass>> {
    return this.accounts.issueTemporaryPass(username, context);
  }
}
