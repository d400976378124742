import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { IdentityModule } from '@portal/identity';
import { AccountsModule } from './features/admin/accounts.module.js';
import { AdminModule } from './features/admin/admin.module.js';
import { AuditModule } from './features/audit/audit.module.js';
import { DocumentsModule } from './features/documents/documents.module.js';
import { MarkEntryModule } from './features/mark-entry/mark-entry.module.js';
import { ModerationModule } from './features/moderation/moderation.module.js';
import { ServicesMenuModule } from './features/services-menu/services-menu.module.js';
import { SubmissionModule } from './features/submission/submission.module.js';
import { TeamModule } from './features/team/team.module.js';
import { keepsAccounts } from './platform/engines.js';
import { AtLeastGuard } from './platform/http/at-least.js';
import { PermissionGuard } from './platform/http/guard.js';
import { HealthController } from './platform/http/health.controller.js';
import { SignInWaysController } from './platform/http/sign-in-ways.controller.js';
import { PlatformModule, type Foundation } from './platform/platform.module.js';
import { UnfinishedWork } from './processes/unfinished-work.js';
import { WhenCentreMarksImportStarted } from './processes/when-centre-marks-import-started.js';
import { WhenDocumentRequested } from './processes/when-document-requested.js';
import { WhenSubmissionStarted } from './processes/when-submission-started.js';

const FEATURES = [AdminModule, AuditModule, DocumentsModule, MarkEntryModule, ModerationModule, ServicesMenuModule, SubmissionModule, TeamModule];

@Module({})
export class AppModule {
  static of(foundation: Foundation): DynamicModule {
    const { config } = foundation;
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot(), PlatformModule.of(foundation), ...(keepsAccounts(config) ? accountsOf(foundation) : []), ...FEATURES],
      controllers: [HealthController, SignInWaysController],
      providers: [
        WhenSubmissionStarted,
        WhenCentreMarksImportStarted,
        WhenDocumentRequested,
        UnfinishedWork,
        // In this order: nobody without permission is waited for.
        { provide: APP_GUARD, useExisting: PermissionGuard },
        { provide: APP_GUARD, useExisting: AtLeastGuard },
      ],
    };
  }
}

function accountsOf({ config, streams, events, clock }: Foundation): readonly (DynamicModule | Type)[] {
  const { issuer, data: folder, sms, mail, trustProxy, idleMinutes, demoFactors: factorsWanted } = config;
  const identity = IdentityModule.register({ issuer, folder, streams, events, clock, sms, mail, trustProxy, idleS: idleMinutes * 60, factorsWanted });
  return [identity, AccountsModule];
}
