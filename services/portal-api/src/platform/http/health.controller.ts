import { Controller, Get } from '@nestjs/common';
import { ViewProgress } from '../projector/progress.js';
import { openApi } from './openapi.js';
import { ProblemError } from './problem-error.js';

@Controller()
export class HealthController {
  #document: object | undefined;

  constructor(private readonly progress: ViewProgress) {}

  @Get('health')
  health() {
    return { alive: true };
  }

  /** Ready when every view has seen the log. */
  @Get('ready')
  ready() {
    const { caughtUp, position, lastError } = this.progress.health();
    if (!caughtUp) throw new ProblemError('unavailable', lastError ?? 'the views are catching up');
    return { ready: true, position: position ?? null };
  }

  @Get('openapi.json')
  openapi() {
    return (this.#document ??= openApi());
  }
}
