import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AllocateCandidatesHandler } from './allocate-candidates.js';
import { AllocateModeratorsHandler } from './allocate-moderators.js';
import { CentreMarksDraft } from './centre-marks-draft.js';
import { CentreMarksSteps } from './centre-marks-steps.js';
import { ComponentSetupHandler } from './component.query.js';
import { FinishCentreMarksImportHandler } from './finish-centre-marks-import.js';
import { ImportCentreMarksHandler } from './import-centre-marks.js';
import { NameCentresHandler } from './name-centres.js';
import { PlaceTeamHandler } from './place-team.js';
import { PutComponentHandler } from './put-component.js';
import { RegisterCandidatesHandler } from './register-candidates.js';

@Module({
  controllers: [AdminController],
  providers: [
    AllocateCandidatesHandler,
    AllocateModeratorsHandler,
    CentreMarksDraft,
    CentreMarksSteps,
    ComponentSetupHandler,
    FinishCentreMarksImportHandler,
    ImportCentreMarksHandler,
    NameCentresHandler,
    PlaceTeamHandler,
    PutComponentHandler,
    RegisterCandidatesHandler,
  ],
})
export class AdminModule {}
