import { Module } from '@nestjs/common';
import { MeHandler } from './me.query.js';
import { ServicesHandler } from './services.query.js';
import { ServicesMenuController } from './services-menu.controller.js';

@Module({ controllers: [ServicesMenuController], providers: [MeHandler, ServicesHandler] })
export class ServicesMenuModule {}
