import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { startRedis, type RedisServer } from '../../testing/redis-server.js';
import { ConfigError } from '../engines.js';
import { log } from '../logging.js';
import { openBullQueue } from './bullmq-queue.js';
import type { JobQueue } from './job-queue.js';
import { queueCases } from './queue.cases.js';

const folder = mkdtempSync(join(tmpdir(), 'portal-jobs-'));
let redis: RedisServer;
beforeAll(async () => {
  log.level = 'silent';
  redis = await startRedis({ folder });
});
afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

queueCases(async () => {
  const client = new Redis(redis.url);
  await client.flushall();
  await client.quit();
  return openBullQueue(redis.url);
});

async function untilAdded(queue: JobQueue, id: string): Promise<void> {
  for (const end = Date.now() + 60_000; ; await pause(50)) {
    const refused = await queue.add(id).then(() => undefined, (error: Error) => error);
    if (refused === undefined) return;
    if (Date.now() > end) throw refused;
  }
}

it('goes on by itself when Redis was away, and fails at once while it is', async () => {
  const queue = await openBullQueue(redis.url);
  const done: string[] = [];
  queue.work(async (id) => {
    done.push(id);
    return 'done';
  }, 1);
  await redis.kill();
  await expect(queue.add('job-away')).rejects.toThrow();
  await redis.restart();
  for (const end = Date.now() + 60_000; Date.now() < end && !done.includes('job-back'); await pause(100)) {
    await queue.add('job-back').catch(() => undefined);
  }
  expect(done).toContain('job-back');
  await queue.close();
});

it('gives the job of a worker that is killed to another, within a minute', async () => {
  const program = fileURLToPath(new URL('../../testing/dying-worker.process.js', import.meta.url));
  const child = spawn(process.execPath, [program, redis.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const queue = await openBullQueue(redis.url);
  await queue.add('job-killed');
  expect(String((await once(child.stdout, 'data'))[0])).toBe('job-killed\n');
  child.kill('SIGKILL');
  await once(child, 'close');
  const killedAt = Date.now();
  const { promise, resolve } = Promise.withResolvers<string>();
  queue.work(async (id) => {
    resolve(id);
    return 'done';
  }, 1);
  expect(await promise).toBe('job-killed');
  expect(Date.now() - killedAt).toBeLessThan(60_000);
  await queue.close();
});

it('is not begun on a Redis that puts out what it has no room for', async () => {
  const evicting = await startRedis({ folder: mkdtempSync(join(tmpdir(), 'portal-jobs-')), options: { 'maxmemory-policy': 'allkeys-lru' } });
  await expect(openBullQueue(evicting.url)).rejects.toThrow(ConfigError);
  await evicting.stop();
});

it('waits for no Redis that says nothing, and is asked again when it speaks', async () => {
  const queue = await openBullQueue(redis.url);
  await queue.add('job-heard');
  process.kill(redis.pid, 'SIGSTOP');
  try {
    const said = await Promise.race([Promise.allSettled([queue.add('job-unheard'), queue.progress('job-heard')]), pause(30_000, 'nothing', { ref: false })]);
    expect(said).toEqual([{ status: 'rejected', reason: expect.any(Error) }, { status: 'fulfilled', value: undefined }]);
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await untilAdded(queue, 'job-heard-again');
  await queue.close();
});
