import { setTimeout as sleep } from 'node:timers/promises';
import { isPassing, type ApiResult } from '../platform/api/result.js';

const PAUSES_MS = [200, 500, 1_500];

/**
 * Sends a write again, under the same command id, while it is not known whether it was done. A command line has
 * nobody to wait with: after the last attempt the caller says "not known".
 */
export async function repeatWhileUnknown<T>(send: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
  const result = await send();
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
