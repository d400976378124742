import type { World } from './app.world.js';
import type { ApiResult } from './platform/api/result.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import { beginRecovery, finishRecovery } from './platform/session/choose-password.js';
import type { SignInEffect, SignInMessage } from './screens/sign-in/sign-in.state.js';

/** The ways of the sign-in page that are not steps of a sign-in here. */

type Of<T extends SignInEffect['type']> = Extract<SignInEffect, { type: T }>;
type Answer = (message: SignInMessage) => void;

export function recoveryInterpreters({ client }: World): Interpreters {
  let recovery = '';
  const { server } = client.options;
  const tell = <T>(result: ApiResult<T>, answer: Answer, done: (value: T) => SignInMessage) =>
    answer(result.kind === 'ok' ? done(result.value) : { type: 'refused', sentence: sentenceOf(result), startsAgain: false });
  return {
    'sign-in/forgotten': (async ({ username }: Of<'sign-in/forgotten'>, answer: Answer) =>
      tell(await beginRecovery(server, { username }), answer, (begun) => {
        recovery = begun.recovery;
        return { type: 'code-sent' };
      })) as Interpreter,
    'sign-in/reset': (async ({ code, password }: Of<'sign-in/reset'>, answer: Answer) =>
      tell(await finishRecovery(server, { recovery, code, password }), answer, ({ username }) => ({
        type: 'password-reset', username,
      }))) as Interpreter,
  };
}

/** Where a way is not offered, that is said, and the page stays as it is. */
export function noOtherWays(): Interpreters {
  const refuse = (_: unknown, answer: Answer) =>
    answer({ type: 'refused', sentence: { id: 'sign-in.way-not-offered' }, startsAgain: false });
  return { 'sign-in/browser': refuse as Interpreter, 'sign-in/device': refuse as Interpreter, 'sign-in/cancel': () => undefined };
}
