import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { AccountChanged, TemporaryPass } from '@portal/contract';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../platform/answer.js';
import { commandContext } from '../../platform/http/request-context.js';
import { DisableAccount } from './disable-account.js';
import { EnableAccount } from './enable-account.js';
import { EndSessions } from './end-sessions.js';
import { IssueTemporaryPass } from './issue-temporary-pass.js';
import { ResetFactors } from './reset-factors.js';
import { UnlockAccount } from './unlock-account.js';

/** What administrators do for people who cannot get in, or must not. They never choose a password. */
@Controller('admin/accounts/:username')
export class AccountsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('unlock')
  @HttpCode(200)
  unlock(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new UnlockAccount(username, commandContext(request, 'admin')));
  }

  @Post('end-sessions')
  @HttpCode(200)
  endSessions(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new EndSessions(username, commandContext(request, 'admin')));
  }

  @Post('reset-factors')
  @HttpCode(200)
  resetFactors(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new ResetFactors(username, commandContext(request, 'admin')));
  }

  @Post('disable')
  @HttpCode(200)
  disable(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new DisableAccount(username, commandContext(request, 'admin')));
  }

  @Post('enable')
  @HttpCode(200)
  enable(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<AccountChanged>> {
    return this.commands.execute(new EnableAccount(username, commandContext(request, 'admin')));
  }

  @Post('temporary-pass')
  @HttpCode(200)
  temporaryPass(@Param('username') username: string, @Req() request: FastifyRequest): Promise<Answer<TemporaryPass>> {
    return this.commands.execute(new IssueTemporaryPass(username, commandContext(request, 'admin')));
  }
}
