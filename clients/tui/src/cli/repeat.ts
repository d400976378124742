import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing, type ApiResult } from '../platform/api/result.js';

const PAUSES_MS = [200, 500, 1_500];

/** For how long a service is asked again that cannot answer at the moment. */
const AWAY_MS = 10_000;
const LONGEST_PAUSE_MS = 3_000;

/**
 * Asks again while the service says that it cannot do anything at the moment: then nothing was done, and it does not matter
 * what was asked. After that it is a refusal like any other.
 */
export async function repeatWhileAway<T>(send: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
  const until = performance.now() + AWAY_MS;
  for (let pauseMs = 200; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const result = await send();
    const isAway = result.kind === 'problem' && result.problem.type === 'unavailable';
    // Not all at the same moment, who found it away together.
    const restMs = pauseMs * (0.8 + Math.random() * 0.2);
    if (!isAway || performance.now() + restMs > until) return result;
    await sleep(restMs);
  }
}

/**
 * Sends a write again, under the same command id, while it is not known whether it was done. A command line has
 * nobody to wait with: after the last attempt the caller says "not known". While the service is away it waits for it first.
 */
export async function repeatWhileUnknown<T>(send: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
  const result = await repeatWhileAway(send);
  for (const pauseMs of PAUSES_MS) {
    if (result.kind !== 'unknown') return result;
    await sleep(pauseMs);
    const again = await send();
    // It may have been done the first time: that the service is gone or busy now does not say otherwise.
    const isSettled = again.kind === 'ok' || (again.kind === 'problem' && !isPassing(again.problem));
    if (isSettled) return again;
  }
  return result;
}
