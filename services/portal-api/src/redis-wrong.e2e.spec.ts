import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProcess } from './testing/process.js';
import { startRedis, type RedisServer } from './testing/redis-server.js';

let folder: string;
let locked: RedisServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-redis-wrong-'));
  locked = await startRedis({ folder, options: { requirepass: 'of-this-test' } });
});
afterAll(async () => {
  await locked.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = (place: string): string => `redis://${place.replace('LOCKED', `127.0.0.1:${locked.port}`)}`;

it.each([
  ['a password that is wrong', ':another@LOCKED', /^REDIS_URL: WRONGPASS .+\n$/],
  ['a password that is missing', 'LOCKED', /^REDIS_URL: NOAUTH .+\n$/],
  ['a database that is not there', ':of-this-test@LOCKED/99', /^REDIS_URL: ERR DB index is out of range\n$/],
  ['a place where nobody is', '127.0.0.1:1', /^REDIS_URL: connect ECONNREFUSED 127\.0\.0\.1:1\n$/],
])('%s stops the start with one line, and 2', async (_, place, line) => {
  const { child, ended, stdout, stderr } = startProcess(folder, { REDIS_URL: at(place) });
  const code = await Promise.race([ended, pause(60_000, 'goes on')]);
  child.kill('SIGKILL');
  expect([code, stdout(), stderr()]).toEqual([2, '', expect.stringMatching(line)]);
});

it('one that starts at the same time is waited for', async () => {
  await locked.kill();
  const { child, ended, ready } = startProcess(folder, { REDIS_URL: at(':of-this-test@LOCKED/1') });
  await pause(3_000);
  await locked.restart();
  expect(await ready()).toMatchObject({ ready: true });
  child.kill('SIGKILL');
  await ended;
});
