import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResult } from '../api/result.js';

/** Of a sign-in, or of proving once more who one is. */
export interface Approvable<State extends { readonly step: string }> {
  readonly approve: () => Promise<ApiResult<State>>;
}

/** Asks once a second whether the number was typed on the other device, until it was, was refused, or has expired. */
export async function waitForApproval<State extends { readonly step: string }>(
  flow: Approvable<State>, { expiresAt }: { readonly expiresAt: string },
): Promise<ApiResult<State>> {
  for (;;) {
    const answer = await flow.approve();
    const isDecided = answer.kind === 'ok' ? answer.value.step !== 'approve' : !isDown(answer);
    // A service that starts anew still knows the number: it is asked again while the number is good.
    if (isDecided || (answer.kind !== 'ok' && Date.now() > Date.parse(expiresAt))) return answer;
    await sleep(EVERY_MS);
  }
}

const isDown = (answer: ApiResult<unknown>): boolean =>
  answer.kind === 'unreachable' || (answer.kind === 'problem' && answer.problem.type === 'unavailable');

const EVERY_MS = 1_000;
