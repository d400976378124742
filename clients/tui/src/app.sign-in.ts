import type { Factor } from '@portal/contract';
import { SET_UP } from './app.client.js';
import { elsewhereInterpreters } from './app.elsewhere.js';
import { shownCredentials, type World } from './app.world.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { ApiResult } from './platform/api/result.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import { redeemInvitation } from './platform/session/choose-password.js';
import type { SignIn, SignInState } from './platform/session/sign-in.js';
import type { SignInEffect, SignInMessage } from './screens/sign-in/sign-in.state.js';

/** The steps of a sign-in. Every username begins a new flow, so that going back is always possible. */
export function signInInterpreters(world: World): Interpreters {
  let flow: SignIn | undefined;
  let isAsking = false;
  let isInvited = false;
  const step = async (next: Promise<ApiResult<SignInState>>, answer: (message: SignInMessage) => void) => {
    const result = await next;
    if (result.kind === 'ok') return stepped(world, result.value, answer, isInvited);
    const isSameStep = result.kind === 'problem' && STAYS.has(result.problem.type);
    const isSecond = flow?.state().step === 'code' || flow?.state().step === 'approve';
    answer({ type: 'refused', sentence: sentenceOf(result), startsAgain: !isSameStep && !(isSecond && isToWait(result)) });
  };
  const begin = async (username: string): Promise<ApiResult<SignInState>> => {
    isInvited = false;
    const { startSignIn } = await import('./platform/session/sign-in.js');
    const started = await startSignIn(world.client.options);
    if (started.kind !== 'ok') return started;
    flow = started.value;
    return flow.username(username);
  };
  return {
    ...elsewhereInterpreters(world),
    'sign-in/welcome': ((_: unknown, answer: (message: SignInMessage) => void) =>
      answer({
        type: 'welcomed',
        credentials: shownCredentials(world.env),
        server: world.client.options.server,
      })) as Interpreter,
    'sign-in/language': () => world.dispatch({ type: 'key', key: { kind: 'key', name: 'f9' } }),
    'sign-in/username': (({ username }: { username: string }, answer: (message: SignInMessage) => void) =>
      step(begin(username), answer)) as Interpreter,
    'sign-in/password': (({ password }: { password: string }, answer: (message: SignInMessage) => void) =>
      step(flow!.password(password), answer)) as Interpreter,
    'sign-in/redeem': (async ({ invitation, password }: Redeem, answer: (message: SignInMessage) => void) => {
      const redeemed = await redeemInvitation(world.client.options.server, { invitation, password });
      const begun = redeemed.kind === 'ok' ? await begin(redeemed.value.username) : redeemed;
      isInvited = true;
      return step(begun.kind === 'ok' ? flow!.password(password) : Promise.resolve(begun), answer);
    }) as Interpreter,
    'sign-in/code': (({ code }: { code: string }, answer: (message: SignInMessage) => void) =>
      step(flow!.code(code), answer)) as Interpreter,
    'sign-in/approve': (async (_: unknown, answer: (message: SignInMessage) => void) => {
      // One question at a time: on a slow line the next second is sooner than the answer.
      const asking = flow;
      if (asking === undefined || isAsking) return;
      isAsking = true;
      const result = await asking.approve().finally(() => (isAsking = false));
      // The line is down for a moment: the next second asks again.
      if (asking === flow && result.kind !== 'unreachable') await step(Promise.resolve(result), answer);
    }) as Interpreter,
    'sign-in/factor': (({ factor }: { factor: Factor }, answer: (message: SignInMessage) => void) =>
      step(flow!.factor(factor), answer)) as Interpreter,
    'sign-in/stay': (({ stay }: { stay: boolean }, answer: (message: SignInMessage) => void) =>
      step(flow!.stay(stay), answer)) as Interpreter,
  };
}

type Redeem = Extract<SignInEffect, { type: 'sign-in/redeem' }>;

/** Refusals after which the same step is answered once more. */
const STAYS: ReadonlySet<string> = new Set([
  'password-refused', 'password-common', 'code-refused', 'approval-denied', 'approval-expired', 'factor-unavailable', 'unavailable',
]);

const isToWait = (result: ApiResult<unknown>): boolean =>
  result.kind === 'problem' && result.problem.type === 'too-many-requests';

async function stepped(world: World, state: SignInState, answer: (message: SignInMessage) => void, isInvited: boolean): Promise<void> {
  if (state.step === 'unsupported') return answer({ type: 'unsupported', name: state.name });
  if (state.step === 'code') return answer({ type: 'asked', second: state });
  if (state.step === 'approve') return answer({ type: 'asked', second: { ...state, factor: 'app' } });
  if (state.step !== 'signed-in') return answer({ type: 'stepped', step: state.step });
  await world.client.begin(state.me);
  // Nobody has a second factor yet who has just chosen the first password.
  if (isInvited) world.dispatch(SET_UP);
}
