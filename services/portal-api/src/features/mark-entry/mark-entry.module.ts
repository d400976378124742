import { Module } from '@nestjs/common';
import { CandidateCommands } from './candidate-command.js';
import { EmiHandler } from './emi.query.js';
import { EnterMarkHandler } from './enter-mark.js';
import { MarkEntryController } from './mark-entry.controller.js';
import { ReportMissingScriptHandler } from './report-missing-script.js';
import { ReportOnCandidateHandler } from './report-on-candidate.js';
import { ReportUnlistedScriptHandler } from './report-unlisted-script.js';
import { SheetHandler } from './sheet.query.js';
import { SheetsHandler } from './sheets.query.js';

@Module({
  controllers: [MarkEntryController],
  providers: [
    CandidateCommands,
    EmiHandler,
    EnterMarkHandler,
    ReportMissingScriptHandler,
    ReportOnCandidateHandler,
    ReportUnlistedScriptHandler,
    SheetHandler,
    SheetsHandler,
  ],
})
export class MarkEntryModule {}
