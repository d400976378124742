import { createHash } from 'node:crypto';
import { DpopProofs } from '@portal/identity';
import type { Config } from '../config.js';
import { openRedis } from '../redis.js';
import { ProblemError } from './problem-error.js';

/** Proofs of possession, each good once: for this process, or for all that share a Redis. */
export interface OpenProofs {
  readonly proofs: DpopProofs;
  readonly close: () => void;
}

export async function openProofs({ redis: url }: Pick<Config, 'redis'>): Promise<OpenProofs> {
  if (url === undefined) return { proofs: new DpopProofs(), close: () => undefined };
  const redis = await openRedis(url, { name: 'proofs', ...ASKED_ONCE });
  const isFirst = async (id: string, untilS: number): Promise<boolean> => {
    const key = `portal:proof:${createHash('sha256').update(id).digest('base64url')}`;
    try {
      return (await redis.set(key, '', 'PX', untilS * 1_000 - Date.now(), 'NX')) === 'OK';
    } catch {
      // That Redis is away is said once, where it is connected to.
      throw new ProblemError('unavailable', 'a proof cannot be looked at at the moment');
    }
  };
  return { proofs: new DpopProofs(isFirst), close: () => redis.disconnect() };
}

/** Asked again after a lost answer, it would look like a second use: whoever asked makes another proof. */
const ASKED_ONCE = { enableAutoPipelining: true, enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 };
