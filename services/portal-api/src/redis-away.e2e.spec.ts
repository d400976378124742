import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectRedis } from './platform/redis.js';
import { log } from './platform/logging.js';
import { startProcess, type ServiceProcess } from './testing/process.js';
import { startRedis, type RedisServer } from './testing/redis-server.js';

let folder: string;
let redis: RedisServer;
let other: RedisServer | undefined;
let service: ServiceProcess;
beforeEach(async () => {
  log.level = 'silent';
  folder = mkdtempSync(join(tmpdir(), 'portal-redis-away-'));
  redis = await startRedis({ folder });
  service = startProcess(folder, { REDIS_URL: redis.url });
});
afterEach(async () => {
  service.child.kill('SIGKILL');
  await service.ended;
  await Promise.all([redis.stop(), other?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until `/ready` says this, or says for good what it says instead. */
async function untilReadySays(url: string, wanted: readonly [status: number, detail: RegExp]): Promise<void> {
  let said: readonly [number, string] = [0, ''];
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(100)) {
    const answer = await fetch(`${url}/ready`);
    said = [answer.status, ((await answer.json()) as { detail?: string }).detail ?? ''];
    if (said[0] === wanted[0] && wanted[1].test(said[1])) return;
  }
  expect(said).toEqual([wanted[0], expect.stringMatching(wanted[1])]);
}

it('Redis that is away, or comes back with another policy, is what /ready names until it is put right', async () => {
  const { url } = await service.ready();
  await untilReadySays(url, [200, /^$/]);
  await redis.kill();
  await untilReadySays(url, [503, /^Redis cannot be reached: connect ECONNREFUSED/]);
  other = await startRedis({ folder, options: { port: String(redis.port), 'maxmemory-policy': 'allkeys-lru' } });
  await untilReadySays(url, [503, /^Redis: its maxmemory-policy is allkeys-lru, and must be noeviction$/]);
  expect(service.stderr()).toMatch(/"level":50,.*"policy":"allkeys-lru".*Redis may put out what is kept in it/);
  const admin = connectRedis(redis.url, { name: 'test' });
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  await untilReadySays(url, [200, /^$/]);
  expect(service.stderr()).toContain('Redis keeps what is put there again');
  // Without having been away.
  await admin.config('SET', 'maxmemory-policy', 'volatile-ttl');
  await untilReadySays(url, [503, /maxmemory-policy is volatile-ttl/]);
  admin.disconnect();
});

it('Redis that is full, or takes no writes, is what /ready names until it does', async () => {
  const { url } = await service.ready();
  await untilReadySays(url, [200, /^$/]);
  const admin = connectRedis(redis.url, { name: 'test' });
  const reasons = [['maxmemory', '1', /^Redis takes no writes: OOM /], ['min-replicas-to-write', '1', /^Redis takes no writes: NOREPLICAS /]] as const;
  for (const [setting, value, detail] of reasons) {
    await admin.config('SET', setting, value);
    await untilReadySays(url, [503, detail]);
    await admin.config('SET', setting, '0');
    await untilReadySays(url, [200, /^$/]);
  }
  expect(service.stderr().match(/"level":50,.*"refusal":".*Redis takes no writes"/g)).toHaveLength(2);
  expect(service.stderr().match(/"level":30,.*Redis takes writes again"/g)).toHaveLength(2);
  // It has an end, and is nobody else's.
  await admin.config('SET', 'maxmemory', '1');
  while ((await admin.exists('portal:watch')) === 1) await pause(100);
  admin.disconnect();
});
