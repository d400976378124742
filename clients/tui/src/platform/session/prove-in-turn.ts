import type { ApiResult } from '../api/result.js';
import { startStepUp, type StepUpState } from './step-up.js';
import type { ClientOptions } from './session.js';
import { waitForApproval } from './wait-for-approval.js';

/** Proving once more who one is, one question after another. */
export interface Questions {
  /** Empty or undefined gives it up. */
  readonly password: () => Promise<string | undefined>;
  readonly code: (asked: Extract<StepUpState, { step: 'code' }>) => Promise<string | undefined>;
  readonly show: (asked: Extract<StepUpState, { step: 'approve' }>) => void;
  readonly refused: (result: Exclude<ApiResult<never>, { kind: 'ok' }>) => void;
}

export async function proveInTurn(options: ClientOptions, questions: Questions): Promise<boolean> {
  const started = await startStepUp(options);
  if (started.kind !== 'ok') {
    questions.refused(started);
    return false;
  }
  const flow = started.value;
  for (;;) {
    const state = flow.state();
    if (state.step === 'done') return true;
    const next = await answerOne(flow, state, questions);
    if (next === undefined) return false;
    if (next.kind === 'ok') continue;
    questions.refused(next);
    // A number that is over is not asked about again; what was typed wrong is typed again.
    if (state.step === 'approve' || next.kind !== 'problem') return false;
  }
}

type Flow = Extract<Awaited<ReturnType<typeof startStepUp>>, { kind: 'ok' }>['value'];

async function answerOne(flow: Flow, state: StepUpState, questions: Questions): Promise<ApiResult<StepUpState> | undefined> {
  if (state.step === 'approve') {
    questions.show(state);
    return waitForApproval(flow, state);
  }
  if (state.step !== 'password' && state.step !== 'code') return undefined;
  const given = await (state.step === 'password' ? questions.password() : questions.code(state));
  if (!given) return undefined;
  return state.step === 'password' ? flow.password(given) : flow.code(given);
}
