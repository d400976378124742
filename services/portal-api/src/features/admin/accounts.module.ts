import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.js';
import { CreateAccountHandler } from './create-account.js';
import { CreateAccountsHandler } from './create-accounts.js';
import { DisableAccountHandler } from './disable-account.js';
import { EnableAccountHandler } from './enable-account.js';
import { EndSessionsHandler } from './end-sessions.js';
import { IssueTemporaryPassHandler } from './issue-temporary-pass.js';
import { KeysController } from './keys.controller.js';
import { ResetFactorsHandler } from './reset-factors.js';
import { RotateKeysHandler } from './rotate-keys.js';
import { UnlockAccountHandler } from './unlock-account.js';

/** Where identity is: how people sign in stands in its own store. */
@Module({
  controllers: [AccountsController, KeysController],
  providers: [
    CreateAccountHandler,
    CreateAccountsHandler,
    DisableAccountHandler,
    EnableAccountHandler,
    EndSessionsHandler,
    IssueTemporaryPassHandler,
    ResetFactorsHandler,
    RotateKeysHandler,
    UnlockAccountHandler,
  ],
})
export class AccountsModule {}
