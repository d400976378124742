/** The one place that opens connections to Redis. */
import { Redis, type RedisOptions } from 'ioredis';
import { ConfigError, RedisUnavailableError } from './engines.js';
import { log } from './logging.js';

/**
 * `name` is what `CLIENT LIST` shows. It connects by itself, again and again; each loss is told once. What an error
 * carries besides its message holds the command's arguments, and is never logged.
 */
export function connectRedis(url: string, { name, ...options }: RedisOptions & { readonly name: string }): Redis {
  const redis = new Redis(url, { connectionName: `portal-${name}`, retryStrategy, ...options });
  let isTold = false;
  redis.on('error', (error: Error) => {
    if (!isTold) log.warn({ redis: name, error: error.message || error.name }, 'Redis cannot be reached');
    isTold = true;
  });
  redis.on('ready', () => {
    if (isTold) log.info({ redis: name }, 'Redis is reached again');
    isTold = false;
  });
  return redis;
}

const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 6), 1_000) * (0.5 + Math.random() / 2);

/**
 * A Redis that puts out what it has no room for would lose jobs and parts of views: nothing is begun on one. Throws
 * `ConfigError` at such a one, and `RedisUnavailableError` where none answers.
 */
export async function refuseEviction(redis: Redis): Promise<void> {
  const policy = policyIn(await memoryOf(redis));
  if (policy !== KEEPING) throw new ConfigError(`REDIS_URL: ${notKept(policy)}`);
}

/** The one with which Redis refuses a write that it has no room for, and puts nothing out. */
export const KEEPING = 'noeviction';

/** From INFO: where Redis is rented, CONFIG is often forbidden. */
export const policyIn = (info: string): string => /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'not known';

export const notKept = (policy: string): string => `its maxmemory-policy is ${policy}, and must be ${KEEPING}`;

async function memoryOf(redis: Redis): Promise<string> {
  let last: Error | undefined;
  const remember = (error: Error): void => void (last = error);
  redis.on('error', remember);
  try {
    return await redis.info('memory');
  } catch (error) {
    throw new RedisUnavailableError(`Redis cannot be reached: ${(last ?? (error as Error)).message || 'no answer'}`);
  } finally {
    redis.off('error', remember);
  }
}
