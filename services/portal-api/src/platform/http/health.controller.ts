import { Controller, Get, Inject } from '@nestjs/common';
import type { EventStore } from '@portal/event-store';
import { ViewProgress } from '../projector/progress.js';
import { RedisWatch } from '../redis-watch.js';
import { EVENT_STORE } from '../tokens.js';
import { openApi } from './openapi.js';
import { ProblemError } from './problem-error.js';

@Controller()
export class HealthController {
  #document: object | undefined;

  /** One question at a time, however often somebody looks in. */
  #asking: Promise<string | undefined> | undefined;

  constructor(
    private readonly progress: ViewProgress,
    private readonly redis: RedisWatch,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  @Get('health')
  health() {
    return { alive: true };
  }

  /** Ready when the log answers, Redis is there to keep what is put into it, and every view has seen the log. */
  @Get('ready')
  async ready() {
    const away = (await this.#logIsAway()) ?? this.redis.trouble();
    if (away !== undefined) throw new ProblemError('unavailable', away);
    const { caughtUp, position, lastError } = this.progress.health();
    if (!caughtUp) throw new ProblemError('unavailable', lastError ?? 'the views are catching up');
    return { ready: true, position: position ?? null };
  }

  /** The store itself is patient for longer than somebody who only looks in. */
  async #logIsAway(): Promise<string | undefined> {
    this.#asking ??= this.events
      .head()
      .then(() => undefined, (error: unknown) => `the log cannot be read: ${(error as Error).message}`)
      .finally(() => (this.#asking = undefined));
    const late = Promise.withResolvers<string>();
    const timer = setTimeout(() => late.resolve(`the log has not answered for ${LOG_WITHIN_MS} ms`), LOG_WITHIN_MS);
    const away = await Promise.race([this.#asking, late.promise]);
    clearTimeout(timer);
    return away;
  }

  @Get('openapi.json')
  openapi() {
    return (this.#document ??= openApi());
  }
}

const LOG_WITHIN_MS = 1_000;
