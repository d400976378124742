import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResult } from '../api/result.js';

/** Of a sign-in, or of proving once more who one is. */
export interface Approvable<State extends { readonly step: string }> {
  readonly approve: () => Promise<ApiResult<State>>;
}

/** Asks once a second whether the number was typed on the other device, until it was, was refused, or has expired. */
export async function waitForApproval<State extends { readonly step: string }>(flow: Approvable<State>): Promise<ApiResult<State>> {
  for (;;) {
    const answer = await flow.approve();
    if (answer.kind !== 'ok' || answer.value.step !== 'approve') return answer;
    await sleep(EVERY_MS);
  }
}

const EVERY_MS = 1_000;
