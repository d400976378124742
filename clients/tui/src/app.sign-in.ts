import { shownCredentials, type World } from './app.world.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { ApiResult } from './platform/api/result.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import type { SignIn, SignInState } from './platform/session/sign-in.js';
import type { SignInMessage } from './screens/sign-in/sign-in.state.js';

/** The steps of a sign-in. Every username begins a new flow, so that going back is always possible. */
export function signInInterpreters(world: World): Interpreters {
  let flow: SignIn | undefined;
  const step = async (next: Promise<ApiResult<SignInState>>, answer: (message: SignInMessage) => void) => {
    const result = await next;
    if (result.kind === 'ok') return stepped(world, result.value, answer);
    const isPassword = result.kind === 'problem' && result.problem.type === 'password-refused';
    answer({ type: 'refused', sentence: sentenceOf(result), startsAgain: !isPassword });
  };
  const begin = async (username: string): Promise<ApiResult<SignInState>> => {
    const { startSignIn } = await import('./platform/session/sign-in.js');
    const started = await startSignIn(world.client.options);
    if (started.kind !== 'ok') return started;
    flow = started.value;
    return flow.username(username);
  };
  return {
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
    'sign-in/stay': (({ stay }: { stay: boolean }, answer: (message: SignInMessage) => void) =>
      step(flow!.stay(stay), answer)) as Interpreter,
  };
}

async function stepped(world: World, state: SignInState, answer: (message: SignInMessage) => void): Promise<void> {
  if (state.step === 'unsupported') return answer({ type: 'unsupported', name: state.name });
  if (state.step !== 'signed-in') return answer({ type: 'stepped', step: state.step });
  await world.client.begin(state.me);
}
