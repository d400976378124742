import { Option, type Command } from 'commander';
import type { Factor } from '@portal/contract';
import type { AmpStatus } from '../../platform/session/amp.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { answerSteps } from '../answer-steps.js';
import { connectTo, type Connected, type Context } from '../context.js';
import { notDone, type Done, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';

interface AmpSignInOptions {
  readonly username: string;
  readonly passwordStdin?: true;
  readonly stay?: true;
  readonly factor?: Factor;
}

/** The sign-in at AMP of this device, which opens the Portal: `portal sign-in` without more words. */
export function addAmp(program: Command, { add, alone, say }: Workshop): void {
  const amp = add(program, 'amp', 'cli.command.amp');
  const signIn = add(amp, 'sign-in', 'cli.command.amp.sign-in')
    .requiredOption('--username <name>', say('cli.option.username'))
    .option('--password-stdin', say('cli.option.passwordStdin'))
    .option('--stay', say('cli.option.stay'))
    .addOption(new Option('--factor <factor>', say('cli.option.factor')).choices(['app', 'totp', 'sms', 'recovery']));
  alone<AmpSignInOptions>(signIn, async ({ context, options }) => {
    const { startAmpSignIn } = await import('../../platform/session/amp.js');
    const ended = await answerSteps(context, options, startAmpSignIn);
    return 'kind' in ended ? ended : { ...shown(ended.who), notices: ended.notices };
  });
  alone(add(amp, 'sign-out', 'cli.command.amp.sign-out'), ({ context }) => connected(context, signOut));
  alone(add(amp, 'status', 'cli.command.amp.status'), ({ context }) => connected(context, status));
}

async function connected(context: Context, act: (at: Connected) => Promise<Outcome>): Promise<Outcome> {
  const at = connectTo(context);
  return 'kind' in at ? at : act(at);
}

async function status(at: Connected): Promise<Outcome> {
  const { ampStatus } = await import('../../platform/session/amp.js');
  const answer = await ampStatus(at.client);
  if (answer === undefined) return { kind: 'done', document: { signedIn: false }, text: say => say('cli.amp.nobody') };
  return answer.kind === 'ok' ? shown(answer.value) : notDone(answer, at);
}

async function signOut(at: Connected): Promise<Outcome> {
  const { signOutOfAmp } = await import('../../platform/session/amp.js');
  const answer = await signOutOfAmp(at.client);
  if (answer === undefined) return { kind: 'done', document: { signedOut: false }, text: say => say('cli.amp.nobody') };
  if (answer.kind !== 'ok') return notDone(answer, at);
  const { signedOut: count } = answer.value;
  return { kind: 'done', document: { signedOut: true, sessions: count }, text: say => say('cli.amp.signed-out', { count }) };
}

function shown({ username, session, since, kept }: AmpStatus): Done {
  return {
    kind: 'done',
    document: { signedIn: true, username, session, since, kept },
    text: say => say('cli.amp.signed-in', { username: sanitise(username) }),
  };
}
