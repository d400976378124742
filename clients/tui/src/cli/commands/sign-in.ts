import { Option, type Command } from 'commander';
import type { Factor, Me } from '@portal/contract';
import type { Api } from '../../platform/api/api.js';
import { startSignIn } from '../../platform/session/sign-in.js';
import { signOutEverywhere, whoami } from '../../platform/session/session.js';
import { stillOpen } from '../../platform/session/still-open.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { answerSteps, type StepAnswers } from '../answer-steps.js';
import { connectTo, forgetSeen, type Connected, type Context } from '../context.js';
import { EXIT, failed, notDone, outcomeOf, sentence, usage, type Outcome, type Sentence } from '../outcome.js';
import type { Served, Workshop } from '../program.js';

interface SignInOptions {
  readonly username?: string;
  readonly browser?: true;
  readonly device?: true;
  readonly passwordStdin?: true;
  readonly stay?: true;
  readonly factor?: Factor;
}

export function addSignIn(program: Command, { add, alone, served, say }: Workshop): void {
  const signIn = add(program, 'sign-in', 'cli.command.sign-in')
    .option('--username <name>', say('cli.option.username'))
    .option('--password-stdin', say('cli.option.passwordStdin'))
    .option('--stay', say('cli.option.stay'))
    .addOption(new Option('--factor <factor>', say('cli.option.factor')).choices(['app', 'totp', 'sms', 'recovery']))
    .addOption(new Option('--browser', say('cli.option.browser')).conflicts(['username', 'device']))
    .addOption(new Option('--device', say('cli.option.device')).conflicts('username'));
  alone<SignInOptions>(signIn, ({ context, options }) => signInBy(context, options));
  served(add(program, 'whoami', 'cli.command.whoami'), async at => {
    const me = await whoami(at.api);
    return outcomeOf(me.kind === 'ok' ? { kind: 'ok', value: await withEnd(at.api, me.value) } : me, at, signedIn);
  });
  const signOut = add(program, 'sign-out', 'cli.command.sign-out').option('--everywhere', say('cli.option.everywhere'));
  served<{ everywhere?: true }>(signOut, signOutOf);
}

async function signInBy(context: Context, options: SignInOptions): Promise<Outcome> {
  const { username, browser, device } = options;
  if (username !== undefined) return signInWith(context, { ...options, username });
  if (!browser && !device) return signInWithoutQuestions(context);
  const { signInElsewhere } = await import('./sign-in-elsewhere.js');
  const ended = await signInElsewhere(context, browser ? 'browser' : 'device');
  return 'kind' in ended ? ended : signedInNow(context, ended);
}

/** By AMP, where somebody is signed in to it on this device. */
async function signInWithoutQuestions(context: Context): Promise<Outcome> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  const { signInByAmp } = await import('../../platform/session/amp.js');
  const opened = await signInByAmp(connected.client);
  if (opened === undefined) return usage('username', 'cli.sign-in-how');
  if (opened.kind !== 'ok') return notDone(opened, connected);
  forgetSeen(context, connected.server);
  return signedIn(await withEnd(connected.api, opened.value));
}

async function signInWith(context: Context, given: StepAnswers): Promise<Outcome> {
  const ended = await answerSteps(context, given, startSignIn);
  return 'kind' in ended ? ended : signedInNow(context, ended.who, ended.notices);
}

async function signedInNow(context: Context, me: Me, notices: readonly Sentence[] = []): Promise<Outcome> {
  const connected = connectTo(context);
  return 'kind' in connected ? connected : signedIn(await withEnd(connected.api, me), notices);
}

/** The service speaks of the access token, which is renewed; the provider knows when the sign-in itself ends. Another one is not asked. */
async function withEnd(api: Api, me: Me): Promise<Me> {
  const listed = await api.sessions();
  const endsAt = listed.kind === 'ok' ? listed.value.sessions.find(({ here }) => here)?.endsAt : undefined;
  return endsAt === undefined ? me : { ...me, expiresAt: endsAt };
}

function signedIn(me: Me, notices: readonly Sentence[] = []): Outcome {
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
  const provider = session.otherProvider();
  const how = await session.signOut();
  const id = SIGNED_OUT[how];
  return {
    kind: 'done',
    document: { signedOut: how !== 'was-not-signed-in', revoked: how === 'signed-out', ...(provider && { provider }) },
    text: say => say(id),
    notices: await stillOpen(at.client, provider),
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
