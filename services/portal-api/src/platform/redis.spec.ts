import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { startRedis, type RedisServer } from '../testing/redis-server.js';
import { ConfigError } from './engines.js';
import { log } from './logging.js';
import { connectRedis, openRedis } from './redis.js';

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

  it('is refused where nothing answers for so long', async () => {
    await expect(openRedis('redis://127.0.0.1:1', { name: 'test' }, 500)).rejects.toThrow(new ConfigError('REDIS_URL: connect ECONNREFUSED 127.0.0.1:1'));
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    await expect(openRedis(`redis://127.0.0.1:${port}`, { name: 'test' }, 500)).rejects.toThrow(new ConfigError('REDIS_URL: it does not answer'));
    silent.close();
  });

  it('is refused where Redis puts things out for want of room', async () => {
    (await openRedis(server.url, { name: 'test' })).disconnect();
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await expect(openRedis(server.url, { name: 'test' })).rejects.toThrow(new ConfigError('REDIS_URL: its maxmemory-policy is allkeys-lru, and must be noeviction'));
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
  });

  it('never goes on with another database than its own', async () => {
    const lost = connectRedis(`${server.url}/99`, { name: 'test', maxRetriesPerRequest: 1 });
    await expect(lost.set('portal:mine', 'x')).rejects.toThrow();
    expect(await redis.get('portal:mine')).toBeNull();
    lost.disconnect();
  });
});
