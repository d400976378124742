import { Module } from '@nestjs/common';
import { FinishSubmissionHandler } from './finish-submission.js';
import { ReceiptsHandler } from './receipts.query.js';
import { SubmissionController } from './submission.controller.js';
import { SubmitMarksHandler } from './submit-marks.js';

@Module({
  controllers: [SubmissionController],
  providers: [FinishSubmissionHandler, ReceiptsHandler, SubmitMarksHandler],
})
export class SubmissionModule {}
