import { ReplyError, type Redis } from 'ioredis';
import { log } from './logging.js';
import { KEEPING, notKept, openRedis, policyIn, wordsOf } from './redis.js';

/**
 * Whether Redis is there, takes what is put into it and keeps it: it may come back as another one than it was at the
 * start, or be full. Tried whenever the connection is made anew, and now and then.
 */
export class RedisWatch {
  readonly #redis: Redis | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #lastError = 'no answer yet';
  /** Why the last look found nothing good. */
  #found: string | undefined;
  #policy = KEEPING;
  #refusal: string | undefined;

  /** `redis`: a connection of its own; undefined where this process has none. */
  constructor(redis?: Redis) {
    this.#redis = redis;
    if (redis === undefined) return;
    redis.on('error', (error: Error) => (this.#lastError = wordsOf(error)));
    redis.on('ready', () => void this.look());
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
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

  async look(): Promise<void> {
    const redis = this.#redis;
    if (redis?.status !== 'ready') return;
    try {
      this.#note(policyIn(await redis.info('memory')), await refusalOf(redis));
    } catch (error) {
      this.#found = `Redis does not answer: ${(error as Error).message}`;
    }
  }

  #note(policy: string, refusal: string | undefined): void {
    this.#found = policy === KEEPING ? refusal && `Redis takes no writes: ${refusal}` : `Redis: ${notKept(policy)}`;
    if (policy !== this.#policy) {
      if (policy === KEEPING) log.info({ policy }, 'Redis keeps what is put there again');
      else log.error({ policy }, 'Redis may put out what is kept in it');
    }
    if (refusal !== this.#refusal) {
      if (refusal === undefined) log.info('Redis takes writes again');
      else log.error({ refusal }, 'Redis takes no writes');
    }
    [this.#policy, this.#refusal] = [policy, refusal];
  }
}

/** Why Redis takes no write: it is full, its disk fails, it is a replica. Undefined where it takes one. */
async function refusalOf(redis: Redis): Promise<string | undefined> {
  try {
    await redis.set('portal:watch', '', 'PX', LOOK_EVERY_MS);
    return undefined;
  } catch (error) {
    if (error instanceof ReplyError) return (error as Error).message;
    throw error;
  }
}

/** Looked at once before anybody asks. */

export async function openRedisWatch(url: string | undefined): Promise<RedisWatch> {
  if (url === undefined) return new RedisWatch();
  const redis = await openRedis(url, { name: 'watch', enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0, commandTimeout: ANSWER_WITHIN_MS });
  const watch = new RedisWatch(redis);
  await watch.look();
  return watch;
}

const LOOK_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 1_000;
