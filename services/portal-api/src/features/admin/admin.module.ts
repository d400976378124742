import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.js';
import { AdminController } from './admin.controller.js';
import { AllocateCandidatesHandler } from './allocate-candidates.js';
import { AllocateModeratorsHandler } from './allocate-moderators.js';
import { CentreMarksDraft } from './centre-marks-draft.js';
import { CentreMarksSteps } from './centre-marks-steps.js';
import { ComponentSetupHandler } from './component.query.js';
import { CreateAccountHandler } from './create-account.js';
import { CreateAccountsHandler } from './create-accounts.js';
import { DisableAccountHandler } from './disable-account.js';
import { EnableAccountHandler } from './enable-account.js';
import { FinishCentreMarksImportHandler } from './finish-centre-marks-import.js';
import { ImportCentreMarksHandler } from './import-centre-marks.js';
import { IssueTemporaryPassHandler } from './issue-temporary-pass.js';
import { KeysController } from './keys.controller.js';
import { NameCentresHandler } from './name-centres.js';
import { PlaceTeamHandler } from './place-team.js';
import { PutComponentHandler } from './put-component.js';
import { RegisterCandidatesHandler } from './register-candidates.js';
import { EndSessionsHandler } from './end-sessions.js';
import { ResetFactorsHandler } from './reset-factors.js';
import { RotateKeysHandler } from './rotate-keys.js';
import { UnlockAccountHandler } from './unlock-account.js';

@Module({
  controllers: [AdminController, AccountsController, KeysController],
  providers: [
    AllocateCandidatesHandler,
    AllocateModeratorsHandler,
    CentreMarksDraft,
    CentreMarksSteps,
    ComponentSetupHandler,
    CreateAccountHandler,
    CreateAccountsHandler,
    DisableAccountHandler,
    EnableAccountHandler,
    IssueTemporaryPassHandler,
    FinishCentreMarksImportHandler,
    ImportCentreMarksHandler,
    NameCentresHandler,
    PlaceTeamHandler,
    PutComponentHandler,
    RegisterCandidatesHandler,
    EndSessionsHandler,
    ResetFactorsHandler,
    RotateKeysHandler,
    UnlockAccountHandler,
  ],
})
export class AdminModule {}
