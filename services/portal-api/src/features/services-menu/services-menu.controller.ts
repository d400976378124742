import { Controller, Get, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { Doorbell } from '../../platform/doorbell.js';
import { CallerOf, type Caller } from '../../platform/http/request-context.js';
import { Me } from './me.query.js';
import { Services } from './services.query.js';

@Controller()
export class ServicesMenuController {
  constructor(
    private readonly queries: QueryBus,
    private readonly doorbell: Doorbell,
  ) {}

  @Get('me')
  me(@CallerOf() caller: Caller) {
    return this.queries.execute(new Me(caller));
  }

  @Get('services')
  services(@CallerOf() caller: Caller) {
    return this.queries.execute(new Services(caller));
  }

  @Get('doorbell')
  listen(@CallerOf() caller: Caller, @Res() reply: FastifyReply): void {
    this.doorbell.listen(reply, caller);
  }
}
