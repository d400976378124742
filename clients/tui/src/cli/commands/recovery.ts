import type { Command } from 'commander';
import { beginRecovery, finishRecovery } from '../../platform/session/choose-password.js';
import { isTooShort } from '../../platform/session/password-length.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { connectTo, type Context } from '../context.js';
import { notDone, refused, sentence, usage, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';
import { readSecret } from '../secret.js';

/** A forgotten password: a code is sent, and with it a new one is chosen: the code and the password on standard input. */
export function addRecovery(program: Command, { add, alone, say }: Workshop): void {
  const forgotten = add(program, 'forgotten-password', 'cli.command.forgotten-password');
  forgotten.requiredOption('--username <name>', say('cli.option.username'));
  alone<{ username: string }>(forgotten, ({ context, options }) => begin(context, options.username));
  const reset = add(program, 'reset-password', 'cli.command.reset-password');
  reset.requiredOption('--recovery <recovery>', say('cli.option.recovery'));
  reset.option('--password-stdin', say('cli.option.resetStdin'));
  alone<ResetOptions>(reset, ({ context, options }) => finish(context, options));
}

interface ResetOptions {
  readonly recovery: string;
  readonly passwordStdin?: true;
}

async function begin(context: Context, username: string): Promise<Outcome> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  const { server } = connected;
  const answer = await beginRecovery(server, { username });
  if (answer.kind !== 'ok') return notDone(answer, { server });
  const { recovery } = answer.value;
  return { kind: 'done', document: { recovery }, text: (spoken) => spoken('cli.recovery-begun', { recovery: sanitise(recovery) }) };
}

async function finish(context: Context, { recovery, passwordStdin }: ResetOptions): Promise<Outcome> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  if (passwordStdin !== true) return usage('password-stdin', 'cli.reset-how');
  const secret = await readSecret(context, true);
  if ('kind' in secret) return secret;
  const { password: code, code: password } = secret;
  if (code === '' || password === undefined) return usage('password-stdin', 'cli.reset-how');
  if (isTooShort(password)) return refused('password-short', 'password', sentence('sign-in.password-short'));
  const { server } = connected;
  const answer = await finishRecovery(server, { recovery, code, password });
  if (answer.kind !== 'ok') return notDone(answer, { server });
  const { username } = answer.value;
  return { kind: 'done', document: { username }, text: (spoken) => spoken('cli.redeemed', { username: sanitise(username) }) };
}
