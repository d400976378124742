import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Views } from '../views.js';
import { ProblemError } from './problem-error.js';

/** Who asks with `?atLeast=POSITION` is answered when the views have seen that position: one reads what one wrote. */
@Injectable()
export class AtLeastGuard implements CanActivate {
  constructor(private readonly views: Views) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { atLeast } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: { atLeast?: unknown } }>>().query;
    return atLeast === undefined || this.reached(atLeast);
  }

  private async reached(atLeast: unknown): Promise<boolean> {
    await this.views.reach(await this.position(atLeast));
    return true;
  }

  private async position(given: unknown): Promise<string> {
    if (typeof given === 'string' && (await this.views.isPosition(given))) return given;
    throw new ProblemError('malformed-request', 'atLeast is not a position of this log', { field: 'atLeast' });
  }
}
