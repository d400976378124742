import { Controller, Get, Inject } from '@nestjs/common';
import type { EventStore } from '@portal/event-store';
import { ViewProgress } from '../projector/progress.js';
import { RedisWatch } from '../redis-watch.js';
import { EVENT_STORE } from '../tokens.js';
import { openApi } from './openapi.js';
import { ProblemError } from './problem-error.js';

/** Where the log ends, or why nobody can say. */
interface Log {
  readonly head?: string | undefined;
  readonly away?: string;
}

@Controller()
export class HealthController {
  #document: object | undefined;

  /** One question at a time, however often somebody looks in. */
  #asking: Promise<Log> | undefined;

  constructor(
    private readonly progress: ViewProgress,
    private readonly redis: RedisWatch,
    @Inject(EVENT_STORE) private readonly events: EventStore,
  ) {}

  @Get('health')
  health() {
    return { alive: true };
  }

  /**
   * Ready when the log answers, Redis is there to keep what is put into it, and every view has seen the log as it was when
   * this process started. It stays so where a projector stops: all APIs would be gone at once, and marks can be taken. How
   * far the views are behind stands beside it.
   */
  @Get('ready')
  async ready() {
    const { head, away = this.redis.trouble() } = await this.#log();
    if (away !== undefined) throw new ProblemError('unavailable', away);
    const { caughtUp, position, lastError } = this.progress.health();
    if (!caughtUp) throw new ProblemError('unavailable', lastError ?? 'the views are catching up');
    return { ready: true, position: position ?? null, head: head ?? null };
  }

  /** The store itself is patient for longer than somebody who only looks in. */
  async #log(): Promise<Log> {
    this.#asking ??= this.events
      .head()
      .then((head) => ({ head }), (error: unknown) => ({ away: `the log cannot be read: ${(error as Error).message}` }))
      .finally(() => (this.#asking = undefined));
    const late = Promise.withResolvers<Log>();
    const timer = setTimeout(() => late.resolve({ away: `the log has not answered for ${LOG_WITHIN_MS} ms` }), LOG_WITHIN_MS);
    const found = await Promise.race([this.#asking, late.promise]);
    clearTimeout(timer);
    return found;
  }

  @Get('openapi.json')
  openapi() {
    return (this.#document ??= openApi());
  }
}

const LOG_WITHIN_MS = 1_000;
