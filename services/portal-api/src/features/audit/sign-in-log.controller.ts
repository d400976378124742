import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { SignInLogAsked } from '@portal/contract';
import { validated } from '../../platform/http/validated.js';
import { CLOCK, type Clock } from '../../platform/clock.js';
import { SignIns } from './sign-ins.query.js';

@Controller('audit')
export class SignInLogController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('sign-ins')
  signIns(@Query() query: unknown) {
    return this.queries.execute(new SignIns(validated(SignInLogAsked, query), this.clock().toISOString()));
  }
}
