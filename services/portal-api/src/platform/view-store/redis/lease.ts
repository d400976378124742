import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '../../logging.js';
import { LEASE } from './keys.js';
import type { ScriptedRedis } from './scripts.js';

/**
 * Only one process works at a time. It spares others work that would come to nothing, and is no more than that: whoever
 * held it too long and goes on finds that what it would move stands elsewhere.
 */
export async function whileHeld<Result>(redis: ScriptedRedis, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const holder = randomUUID();
  while ((await redis.set(LEASE, holder, 'PX', HELD_MS, 'NX')) === null) await pause(ASK_AGAIN_MS, undefined, { ...(signal && { signal }) });
  const renewing = setInterval(() => {
    redis.portalRenew(LEASE, holder, HELD_MS).catch((error: Error) => log.warn({ error: error.message }, 'the lease on views was not renewed'));
  }, HELD_MS / 4).unref();
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    // Where Redis is gone it runs out by itself.
    await redis.portalRenew(LEASE, holder, 0).catch(() => 0);
  }
}

/** How long others wait for a process that was killed. */
const HELD_MS = 8_000;
const ASK_AGAIN_MS = 100;
