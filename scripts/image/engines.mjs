/** What several processes share, for tests of the image: the stand-in for EventStoreDB, and a real Redis. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot, node } from '../paths.mjs';

export async function bridgeAndRedis(folder) {
  const { startRedis } = await import('../../services/portal-api/dist/testing/index.js');
  const [log, memory] = ['log', 'redis'].map((name) => join(folder, name));
  for (const path of [log, memory]) mkdirSync(path);
  const program = inRoot('libs', 'event-store', 'dist', 'eventstoredb', 'bridge', 'bridge.process.js');
  const bridge = spawn(node, [program, '--folder', log], { stdio: ['ignore', 'pipe', 2] });
  process.once('exit', () => bridge.kill('SIGKILL'));
  const [line] = await once(bridge.stdout, 'data');
  const redis = await startRedis({ folder: memory });
  const stop = async () => {
    const ended = once(bridge, 'exit');
    bridge.kill('SIGTERM');
    await Promise.all([ended, redis.stop()]);
  };
  return { settings: { EVENTSTORE_URL: JSON.parse(line).url, REDIS_URL: redis.url }, stop };
}
