import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResult } from '../api/result.js';
import type { SignIn, SignInState } from './sign-in.js';

/** Asks once a second whether the number was typed on the other device, until it was, was refused, or has expired. */
export async function waitForApproval(signIn: SignIn): Promise<ApiResult<SignInState>> {
  for (;;) {
    const answer = await signIn.approve();
    if (answer.kind !== 'ok' || answer.value.step !== 'approve') return answer;
    await sleep(EVERY_MS);
  }
}

const EVERY_MS = 1_000;
