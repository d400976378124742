import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { HistoryHandler } from './history.query.js';

@Module({ controllers: [AuditController], providers: [HistoryHandler] })
export class AuditModule {}
