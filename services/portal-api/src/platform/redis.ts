/** The one place that opens connections to Redis. */
import { Redis, type RedisOptions } from 'ioredis';
import { ConfigError } from './engines.js';
import { log } from './logging.js';

type Named = RedisOptions & { readonly name: string };

/**
 * Opened and proved, before anything is begun there: reached, signed in, on its own database, and kept by Redis what is
 * put into it. One that is only starting is waited for. Throws `ConfigError`, and has logged nothing then.
 */
export async function openRedis(url: string, options: Named, withinMs = OPEN_WITHIN_MS): Promise<Redis> {
  const redis = made(url, options);
  const failed = Promise.withResolvers<never>();
  let last = 'it does not answer';
  const note = (error: Error): void => {
    last = wordsOf(error);
    if (NO_USE_WAITING.test(last)) failed.reject(error);
  };
  redis.on('error', note);
  const timer = setTimeout(() => failed.reject(new Error(last)), withinMs);
  try {
    await Promise.race([keeping(redis), failed.promise]);
  } catch (error) {
    redis.disconnect();
    throw new ConfigError(`REDIS_URL: ${wordsOf(error as Error)}`);
  } finally {
    clearTimeout(timer);
    redis.off('error', note);
  }
  return telling(redis, options.name);
}

/** As many more as are wanted to one that was proved, which need not be there at the moment. */
export const connectRedis = (url: string, options: Named): Redis => telling(made(url, options), options.name);

/**
 * `name` is what `CLIENT LIST` shows. It connects by itself, again and again, and never goes on with the first database
 * where it cannot have its own: another installation's views may be there.
 */
function made(url: string, { name, ...options }: Named): Redis {
  const redis = new Redis(url, { connectionName: `portal-${name}`, retryStrategy, ...options });
  redis.on('error', (error: Error & { readonly command?: { readonly name: string } }) => {
    if (error.command?.name === 'select') redis.disconnect(true);
  });
  return redis;
}

/** Each loss is told once. What an error carries besides its message holds the command's arguments, and is never logged. */
function telling(redis: Redis, name: string): Redis {
  let isTold = false;
  redis.on('error', (error: Error) => {
    if (!isTold) log.warn({ redis: name, error: wordsOf(error) }, 'Redis cannot be reached');
    isTold = true;
  });
  redis.on('ready', () => {
    if (isTold) log.info({ redis: name }, 'Redis is reached again');
    isTold = false;
  });
  return redis;
}

const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 6), 1_000) * (0.5 + Math.random() / 2);

/** Where a name has several addresses, what went wrong at each of them has no message of its own. */
export const wordsOf = (error: Error & { readonly code?: string }): string => error.message || error.code || error.name;

/** A Redis that puts out what it has no room for would lose jobs and parts of views. */
async function keeping(redis: Redis): Promise<void> {
  // Whoever waits for it may be told of errors before.
  if (redis.status !== 'ready') await new Promise<void>((resolve) => redis.once('ready', () => resolve()));
  const policy = policyIn(await redis.info('memory'));
  if (policy !== KEEPING) throw new Error(notKept(policy));
}

/** The one with which Redis refuses a write that it has no room for, and puts nothing out. */
export const KEEPING = 'noeviction';

/** From INFO: where Redis is rented, CONFIG is often forbidden. */
export const policyIn = (info: string): string => /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'not known';

export const notKept = (policy: string): string => `its maxmemory-policy is ${policy}, and must be ${KEEPING}`;

const NO_USE_WAITING = /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password|ERR DB index)/;
const OPEN_WITHIN_MS = 10_000;
