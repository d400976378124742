import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startRedis, type RedisServer } from './redis-server.js';

let folder: string;
let redis: RedisServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-redis-'));
  redis = await startRedis({ folder, options: { 'maxmemory-policy': 'allkeys-lru' } });
});

afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One inline command, one reply, on a connection of its own. */
async function ask(command: string): Promise<string> {
  const socket = connect(redis.port, '127.0.0.1');
  socket.write(`${command}\r\n`);
  const [reply] = await once(socket, 'data');
  socket.destroy();
  return String(reply);
}

describe('a redis-server of a test', () => {
  it('takes directives over its own', async () => {
    expect(await ask('CONFIG GET maxmemory-policy')).toContain('allkeys-lru');
    expect(await ask('CONFIG GET appendonly')).toContain('yes');
  });

  it('keeps what was written over a stop, and over being killed a moment later', async () => {
    expect(await ask('SET stopped kept')).toBe('+OK\r\n');
    const before = redis.pid;
    await redis.restart();
    expect(redis.pid).not.toBe(before);
    await ask('SET killed kept');
    await pause(1_500);
    await redis.kill();
    await redis.restart();
    expect(await ask('MGET stopped killed')).toBe('*2\r\n$4\r\nkept\r\n$4\r\nkept\r\n');
  });

  it('says why it did not start', async () => {
    await expect(startRedis({ folder, options: { port: String(redis.port) } })).rejects.toThrow('Address already in use');
  });
});
