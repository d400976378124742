import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  CreateAccount as WantedAccount, ImportRows, type AccountChanged, type AccountCreated, type AccountsAnswer, type TemporaryPass,
} from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { commandContext } from '../../platform/http/request-context.js';
import { validated } from '../../platform/http/validated.js';
import { Views } from '../../platform/views.js';
import { CreateAccount } from './create-account.js';
import { CreateAccounts } from './create-accounts.js';
import { DisableAccount } from './disable-account.js';
import { EnableAccount } from './enable-account.js';
import { EndSessions } from './end-sessions.js';
import { IssueTemporaryPass } from './issue-temporary-pass.js';
import { ResetFactors } from './reset-factors.js';
import { UnlockAccount } from './unlock-account.js';

/** Who is let in: accounts, and what is done for people who cannot get in, or must not. Nobody chooses another's password. */
@Controller('admin/accounts')
export class AccountsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly views: Views,
  ) {}

  @Post()
  @HttpCode(200)
  create(@Body() body: unknown, @Req() request: FastifyRequest): Promise<Answer<AccountCreated>> {
    return this.shown(new CreateAccount(validated(WantedAccount, body), commandContext(request, 'admin')));
  }

  @Post('rows')
  @HttpCode(200)
  createAll(@Body() body: unknown, @Req() request: FastifyRequest): Promise<AccountsAnswer> {
    const { rows, dryRun = false } = validated(ImportRows, body);
    return this.shown(new CreateAccounts(rows, dryRun, commandContext(request, 'admin')));
  }

  @Post(':username/unlock')
  @HttpCode(200)
  unlock(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new UnlockAccount(username, commandContext(request, 'admin')));
  }

  @Post(':username/end-sessions')
  @HttpCode(200)
  endSessions(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new EndSessions(username, commandContext(request, 'admin')));
  }

  @Post(':username/reset-factors')
  @HttpCode(200)
  resetFactors(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new ResetFactors(username, commandContext(request, 'admin')));
  }

  @Post(':username/disable')
  @HttpCode(200)
  disable(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new DisableAccount(username, commandContext(request, 'admin')));
  }

  @Post(':username/enable')
  @HttpCode(200)
  enable(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new EnableAccount(username, commandContext(request, 'admin')));
  }

  @Post(':username/temporary-pass')
  @HttpCode(200)
  temporaryPass(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<TemporaryPass>> {
    return this.commands.execute(new IssueTemporaryPass(username, commandContext(request, 'admin')));
  }

  /** Who was let in is known to whoever asks next. */
  private async shown<Result>(command: object): Promise<Result> {
    const answer = await this.commands.execute<object, Result>(command);
    await this.views.settle();
    return answer;
  }
}
