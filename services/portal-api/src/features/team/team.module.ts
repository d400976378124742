import { Module } from '@nestjs/common';
import { ReallocateHandler } from './reallocate.js';
import { TeamController } from './team.controller.js';
import { TeamTreeHandler } from './team-tree.query.js';
import { WorkAsHandler } from './work-as.js';

@Module({ controllers: [TeamController], providers: [ReallocateHandler, TeamTreeHandler, WorkAsHandler] })
export class TeamModule {}
