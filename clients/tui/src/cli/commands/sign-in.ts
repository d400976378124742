import { rmSync } from 'node:fs';
import { Option, type Command } from 'commander';
import type { Me } from '@portal/contract';
import type { ApiResult } from '../../platform/api/result.js';
import { startSignIn, type SignIn, type SignInState } from '../../platform/session/sign-in.js';
import { signOutEverywhere, whoami } from '../../platform/session/session.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { connectTo, seenFile, type Connected, type Context } from '../context.js';
import { EXIT, failed, notDone, outcomeOf, refused, sentence, usage, type Outcome } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { readSecret } from '../secret.js';

interface SignInOptions {
  readonly username: string;
  readonly passwordStdin?: true;
  readonly stay?: true;
  readonly factor?: string;
}

export function addSignIn(program: Command, { add, alone, served, say }: Workshop): void {
  const signIn = add(program, 'sign-in', 'cli.command.sign-in')
    .requiredOption('--username <name>', say('cli.option.username'))
    .option('--password-stdin', say('cli.option.passwordStdin'))
    .option('--stay', say('cli.option.stay'))
    .addOption(new Option('--factor <factor>', say('cli.option.factor')).choices(['app', 'totp', 'sms', 'recovery']));
  alone<SignInOptions>(signIn, ({ context, options }) => signInWith(context, options));
  served(add(program, 'whoami', 'cli.command.whoami'), async at =>
    outcomeOf(await whoami(at.api), at, me => signedIn(me)),
  );
  const signOut = add(program, 'sign-out', 'cli.command.sign-out').option('--everywhere', say('cli.option.everywhere'));
  served<{ everywhere?: true }>(signOut, signOutOf);
}

async function signInWith(context: Context, options: SignInOptions): Promise<Outcome> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  if (options.factor !== undefined) return refused('factor-unavailable', 'factor', sentence('cli.factor-unavailable'));
  const secret = await readSecret(context, options.passwordStdin === true);
  if ('kind' in secret) return secret;
  if (secret.password === '') return usage('password', 'cli.password-missing');
  const { server, client } = connected;
  const started = await startSignIn(client);
  if (started.kind !== 'ok') return notDone(started, { server });
  const ended = await answerAll(started.value, { ...options, password: secret.password });
  if (ended.kind !== 'ok') return notDone(ended, { server });
  if (ended.value.step !== 'signed-in') return unsupported(ended.value);
  // Another service may stand at this address since: what the last one reached says nothing.
  rmSync(seenFile(context.paths, server), { force: true });
  return signedIn(ended.value.me, secret.code === undefined ? [] : [sentence('cli.code-not-used')]);
}

/** Answers each step once; being asked the same again means that the answer was not taken. */
async function answerAll(
  signIn: SignIn,
  given: { readonly username: string; readonly password: string; readonly stay?: true },
): Promise<ApiResult<SignInState>> {
  const asked = new Set<string>();
  let state = signIn.state();
  while ((state.step === 'username' || state.step === 'password' || state.step === 'stay') && !asked.has(state.step)) {
    asked.add(state.step);
    const next = await (state.step === 'username'
      ? signIn.username(given.username)
      : state.step === 'password'
        ? signIn.password(given.password)
        : signIn.stay(given.stay === true));
    if (next.kind !== 'ok') return next;
    state = next.value;
  }
  return { kind: 'ok', value: state };
}

function unsupported(state: SignInState): Outcome {
  const step = state.step === 'unsupported' ? state.name : state.step;
  return refused('step-unsupported', undefined, sentence('cli.step-unsupported', { step: sanitise(step) }));
}

function signedIn(me: Me, notices: readonly ReturnType<typeof sentence>[] = []): Outcome {
  const { username, displayName, roles, capacities, expiresAt, account } = me;
  return {
    kind: 'done',
    document: { username, displayName, roles, capacities, expiresAt, account },
    text: say => say('cli.signed-in', { name: sanitise(displayName), username: sanitise(username) }),
    notices,
  };
}

const SIGNED_OUT = {
  'signed-out': 'cli.signed-out',
  'only-here': 'cli.signed-out.here',
  'was-not-signed-in': 'cli.was-not-signed-in',
} as const;

async function signOutOf(at: Served<{ everywhere?: true }>): Promise<Outcome> {
  const { session, options } = at;
  if (options.everywhere) return everywhereOf(at);
  const how = await session.signOut();
  const id = SIGNED_OUT[how];
  return {
    kind: 'done',
    document: { signedOut: how !== 'was-not-signed-in', revoked: how === 'signed-out' },
    text: say => say(id),
  };
}

async function everywhereOf(at: Connected): Promise<Outcome> {
  const answer = await signOutEverywhere(at.api, at.session);
  if (answer.kind === 'unknown') {
    return failed(EXIT.unknown, { type: 'outcome-unknown' }, sentence('cli.signed-out.unknown'));
  }
  return outcomeOf(answer, at, ({ signedOut }) => ({
    kind: 'done',
    document: { signedOut: true, revoked: true, sessions: signedOut },
    text: say => say('cli.signed-out.everywhere', { count: signedOut }),
  }));
}
