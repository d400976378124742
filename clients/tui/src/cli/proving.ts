import { translator } from '../platform/i18n/translate.js';
import { sentenceOf } from '../platform/i18n/not-done.js';
import { proveInTurn } from '../platform/session/prove-in-turn.js';
import type { ClientOptions } from '../platform/session/session.js';
import { sanitise } from '../platform/text/sanitise.js';
import type { Prove } from '../platform/api/proving.js';
import type { Context } from './context.js';
import { openHidden } from './secret.js';

/** Asks at the terminal where somebody sits there; a script is told `factor-needed`, and nothing is done. */
export function provingAt(context: Context, options: ClientOptions): Prove | undefined {
  const { stdin, stderr } = context.surroundings;
  if (!stdin.isTTY || context.options.json === true) return undefined;
  const t = translator(context.language);
  const say = (text: string) => void stderr.write(`${text}\n`);
  return () => {
    say(t('cli.prove'));
    const { ask, close } = openHidden(context);
    return proveInTurn(options, {
      password: () => ask(t('cli.password')),
      code: ({ factor, sentTo }) =>
        ask(`${t(`sign-in.code-how.${factor === 'app' ? 'totp' : factor}`, { sentTo: sanitise(sentTo ?? '') })} `),
      show: ({ number }) => say(t('plain.approve', { number })),
      refused: (result) => {
        const { id, values } = sentenceOf(result);
        say(t(id, values));
      },
    }).finally(close);
  };
}
