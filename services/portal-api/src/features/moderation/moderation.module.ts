import { Module } from '@nestjs/common';
import { ApprovalController } from './approval.controller.js';
import { ApproveOutcomeHandler } from './approve-outcome.js';
import { IamisCentresHandler } from './centres.query.js';
import { CentreChangesHandler } from './changes.query.js';
import { ChooseOutcomeHandler } from './choose-outcome.js';
import { DecideChangeHandler } from './decide-change.js';
import { DrawFurtherHandler } from './draw-further.js';
import { GiveBackHandler } from './give-back.js';
import { IamisHandler } from './iamis.query.js';
import { ModerationCommands } from './moderation-commands.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationStream } from './moderation-stream.js';
import { Addressed } from './on-centre.js';
import { CentreOutcomeHandler } from './outcome.query.js';
import { ReallocateCentreHandler } from './reallocate-centre.js';
import { ReopenReportHandler } from './reopen-report.js';
import { ReplaceCandidateHandler } from './replace-candidate.js';
import { CentreReportHandler } from './report.query.js';
import { ReportWorkHandler } from './report-work.js';
import { RequestChangeHandler } from './request-change.js';
import { Returns } from './returns.js';
import { ReviewController } from './review.controller.js';
import { ReviewMarkHandler } from './review-mark.js';
import { CentreSampleHandler } from './sample.query.js';
import { SaveReportHandler } from './save-report.js';
import { SettingsNow } from './settings-now.js';
import { SubmitModerationHandler } from './submit-moderation.js';
import { WhatIfHandler } from './what-if.query.js';

@Module({
  controllers: [ModerationController, ReviewController, ApprovalController],
  providers: [
    Addressed,
    ModerationCommands,
    ModerationStream,
    Returns,
    SettingsNow,
    ApproveOutcomeHandler,
    CentreChangesHandler,
    CentreOutcomeHandler,
    CentreReportHandler,
    CentreSampleHandler,
    ChooseOutcomeHandler,
    DecideChangeHandler,
    DrawFurtherHandler,
    GiveBackHandler,
    IamisCentresHandler,
    IamisHandler,
    ReallocateCentreHandler,
    ReopenReportHandler,
    ReplaceCandidateHandler,
    ReportWorkHandler,
    RequestChangeHandler,
    ReviewMarkHandler,
    SaveReportHandler,
    SubmitModerationHandler,
    WhatIfHandler,
  ],
})
export class ModerationModule {}
