import type { ApiResult } from './result.js';
import type { Call, Send } from './transport.js';

/** Asks whoever sits there to prove once more who they are; false where they gave it up. */
export type Prove = () => Promise<boolean>;

/** What wants a factor not older than some minutes is asked for, and the same call made again: the same command, once. */
export function proving(send: Send, prove: Prove | undefined): Send {
  return async <T>(call: Call): Promise<ApiResult<T>> => {
    const first = await send<T>(call);
    const isWanted = first.kind === 'problem' && first.problem.type === 'factor-needed';
    if (!isWanted || prove === undefined || call.quietly === true) return first;
    return (await prove()) ? send<T>(call) : first;
  };
}
