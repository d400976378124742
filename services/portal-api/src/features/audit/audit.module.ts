import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { HistoryHandler } from './history.query.js';
import { SignInLogController } from './sign-in-log.controller.js';
import { SignInsHandler } from './sign-ins.query.js';

@Module({ controllers: [AuditController, SignInLogController], providers: [HistoryHandler, SignInsHandler] })
export class AuditModule {}
