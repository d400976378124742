import { Module } from '@nestjs/common';
import { FinishSubmissionHandler } from './finish-submission.js';
import { SubmissionController } from './submission.controller.js';
import { SubmitMarksHandler } from './submit-marks.js';

@Module({
  controllers: [SubmissionController],
  providers: [FinishSubmissionHandler, SubmitMarksHandler],
})
export class SubmissionModule {}
