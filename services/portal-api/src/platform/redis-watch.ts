import type { Redis } from 'ioredis';
import { log } from './logging.js';
import { KEEPING, notKept, openRedis, policyIn, wordsOf } from './redis.js';

/**
 * Whether Redis is there, and keeps what is put into it: it may come back as another one than it was at the start. Asked
 * whenever the connection is made anew, and now and then.
 */
export class RedisWatch {
  readonly #redis: Redis | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #lastError = 'no answer yet';
  /** Why the last look found nothing good. */
  #found: string | undefined;
  #policy = KEEPING;

  /** `redis`: a connection of its own; undefined where this process has none. */
  constructor(redis?: Redis) {
    this.#redis = redis;
    if (redis === undefined) return;
    redis.on('error', (error: Error) => (this.#lastError = wordsOf(error)));
    redis.on('ready', () => void this.#look(redis));
    this.#timer = setInterval(() => void this.#look(redis), LOOK_EVERY_MS).unref();
  }

  /** Why nothing can be kept in Redis at the moment; undefined where all is well. */
  trouble(): string | undefined {
    if (this.#redis === undefined) return undefined;
    return this.#redis.status === 'ready' ? this.#found : `Redis cannot be reached: ${this.#lastError}`;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#redis?.disconnect();
  }

  async #look(redis: Redis): Promise<void> {
    if (redis.status !== 'ready') return;
    try {
      this.#note(policyIn(await redis.info('memory')));
    } catch (error) {
      this.#found = `Redis does not answer: ${(error as Error).message}`;
    }
  }

  #note(policy: string): void {
    this.#found = policy === KEEPING ? undefined : `Redis: ${notKept(policy)}`;
    if (policy === this.#policy) return;
    this.#policy = policy;
    if (policy === KEEPING) log.info({ policy }, 'Redis keeps what is put there again');
    else log.error({ policy }, 'Redis may put out what is kept in it');
  }
}

export async function openRedisWatch(url: string | undefined): Promise<RedisWatch> {
  if (url === undefined) return new RedisWatch();
  const redis = await openRedis(url, { name: 'watch', enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0, commandTimeout: ANSWER_WITHIN_MS });
  return new RedisWatch(redis);
}

const LOOK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 1_000;
