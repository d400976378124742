import { Controller, Get } from '@nestjs/common';
import { Projector } from '../projector/projector.js';
import { openApi } from './openapi.js';
import { ProblemError } from './problem-error.js';

@Controller()
export class HealthController {
  #document: object | undefined;

  constructor(private readonly projector: Projector) {}

  @Get('health')
  health() {
    return { alive: true };
  }

  /** Ready when every view has seen the log. */
  @Get('ready')
  ready() {
    const { caughtUp, position, lastError } = this.projector.health();
    if (!caughtUp) throw new ProblemError('unavailable', lastError ?? 'the views are catching up');
    return { ready: true, position: position ?? null };
  }

  @Get('openapi.json')
  openapi() {
    return (this.#document ??= openApi());
  }
}
