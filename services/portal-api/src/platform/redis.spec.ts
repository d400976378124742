import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { startRedis, type RedisServer } from '../testing/redis-server.js';
import { ConfigError, RedisUnavailableError } from './engines.js';
import { log } from './logging.js';
import { connectRedis, refuseEviction } from './redis.js';

let folder: string;
let server: RedisServer;
let redis: Redis;

beforeAll(async () => {
  log.level = 'silent';
  folder = mkdtempSync(join(tmpdir(), 'portal-redis-'));
  server = await startRedis({ folder });
  redis = connectRedis(server.url, { name: 'test' });
});

afterAll(async () => {
  redis.disconnect();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a connection to Redis', () => {
  it('says whose it is', async () => {
    expect(await redis.client('LIST')).toContain('name=portal-test');
  });

  it('comes again after the server was killed', async () => {
    await server.kill();
    const answer = redis.ping();
    await server.restart();
    expect(await answer).toBe('PONG');
  });

  it('says so where nothing answers', async () => {
    const nobody = connectRedis('redis://127.0.0.1:1', { name: 'test', maxRetriesPerRequest: 1 });
    await expect(refuseEviction(nobody)).rejects.toThrow(new RedisUnavailableError('Redis cannot be reached: connect ECONNREFUSED 127.0.0.1:1'));
    nobody.disconnect();
  });

  it('is refused where Redis puts things out for want of room', async () => {
    await expect(refuseEviction(redis)).resolves.toBeUndefined();
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(refuseEviction(redis)).rejects.toThrow(new ConfigError('REDIS_URL: its maxmemory-policy is allkeys-lru, and must be noeviction'));
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
  });
});
