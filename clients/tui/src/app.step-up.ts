import type { World } from './app.world.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { ApiResult } from './platform/api/result.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import { startStepUp, type StepUp, type StepUpState } from './platform/session/step-up.js';
import type { SignInEffect } from './screens/sign-in/sign-in.state.js';
import type { StepUpEffect, StepUpMessage } from './screens/sign-in/step-up.screen.js';

/** Proving once more who one is: the steps of the provider, and word to the calls that wait for it. */

type Of<T extends StepUpEffect['type']> = Extract<StepUpEffect, { type: T }>;
type Answer = (message: StepUpMessage) => void;

export function stepUpInterpreters({ client }: World): Interpreters {
  let flow: StepUp | undefined;
  let isAsking = false;
  const tell = (result: ApiResult<StepUpState>, answer: Answer) => {
    if (result.kind === 'signed-out') return client.noteSignedOut();
    if (result.kind === 'ok') return answer(messageOf(result.value));
    answer({ type: 'refused', sentence: sentenceOf(result), startsAgain: false });
  };
  return {
    'step-up/begin': (async (_: unknown, answer: Answer) => {
      const started = await startStepUp(client.options);
      flow = started.kind === 'ok' ? started.value : undefined;
      tell(started.kind === 'ok' ? { kind: 'ok', value: started.value.state() } : started, answer);
    }) as Interpreter,
    'step-up/step': (async ({ step }: Of<'step-up/step'>, answer: Answer) => {
      // One question at a time: on a slow line the next second is sooner than the answer.
      if (flow === undefined || (isAsking && step.type === 'sign-in/approve')) return;
      isAsking = step.type === 'sign-in/approve';
      const result = await answerStep(flow, step);
      isAsking = false;
      if (result !== undefined && (result.kind !== 'unreachable' || step.type !== 'sign-in/approve')) tell(result, answer);
    }) as Interpreter,
    'step-up/done': (({ isProved }: Of<'step-up/done'>) => client.proved(isProved)) as Interpreter,
  };
}

/** Undefined where it is none of a step-up's. */
function answerStep(flow: StepUp, step: SignInEffect): Promise<ApiResult<StepUpState>> | undefined {
  switch (step.type) {
    case 'sign-in/password':
      return flow.password(step.password);
    case 'sign-in/code':
      return flow.code(step.code);
    case 'sign-in/approve':
      return flow.approve();
    case 'sign-in/factor':
      return flow.factor(step.factor);
    default:
      return undefined;
  }
}

function messageOf(state: StepUpState): StepUpMessage {
  switch (state.step) {
    case 'done':
      return { type: 'proved' };
    case 'password':
      return { type: 'stepped', step: 'password' };
    case 'code':
      return { type: 'asked', second: state };
    case 'approve':
      return { type: 'asked', second: { ...state, factor: 'app' } };
    default:
      return { type: 'unsupported', name: (state as { readonly name?: string }).name ?? '' };
  }
}
