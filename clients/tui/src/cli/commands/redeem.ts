import type { Command } from 'commander';
import { redeemInvitation } from '../../platform/session/choose-password.js';
import { isTooShort } from '../../platform/session/password-length.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { connectTo, type Context } from '../context.js';
import { notDone, refused, sentence, usage, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';
import { readSecret } from '../secret.js';

/** An invited person chooses a password: the invitation on the first line of standard input, the password on the second. */
export function addRedeem(program: Command, { add, alone, say }: Workshop): void {
  const redeem = add(program, 'redeem', 'cli.command.redeem').option('--password-stdin', say('cli.option.redeemStdin'));
  alone<{ passwordStdin?: true }>(redeem, ({ context, options }) => redeemWith(context, options.passwordStdin === true));
}

async function redeemWith(context: Context, fromStdin: boolean): Promise<Outcome> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  if (!fromStdin) return usage('password-stdin', 'cli.redeem-how');
  const secret = await readSecret(context, true);
  if ('kind' in secret) return secret;
  const { password: invitation, code: password } = secret;
  if (invitation === '' || password === undefined) return usage('password-stdin', 'cli.redeem-how');
  if (isTooShort(password)) return refused('password-short', 'password', sentence('sign-in.password-short'));
  const { server } = connected;
  const answer = await redeemInvitation(server, { invitation, password });
  if (answer.kind !== 'ok') return notDone(answer, { server });
  const { username } = answer.value;
  return { kind: 'done', document: { username }, text: (spoken) => spoken('cli.redeemed', { username: sanitise(username) }) };
}
