import { rmSync } from 'node:fs';
import { Option, type Command } from 'commander';
import type { Factor, Me } from '@portal/contract';
import type { ApiResult } from '../../platform/api/result.js';
import { startSignIn, type SignIn, type SignInState } from '../../platform/session/sign-in.js';
import { waitForApproval } from '../../platform/session/wait-for-approval.js';
import { signOutEverywhere, whoami } from '../../platform/session/session.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { connectTo, seenFile, type Connected, type Context } from '../context.js';
import { EXIT, failed, notDone, outcomeOf, refused, sentence, usage, type Outcome } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { readSecret, readSecretInTurn } from '../secret.js';

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
  served(add(program, 'whoami', 'cli.command.whoami'), async at =>
    outcomeOf(await whoami(at.api), at, me => signedIn(me)),
  );
  const signOut = add(program, 'sign-out', 'cli.command.sign-out').option('--everywhere', say('cli.option.everywhere'));
  served<{ everywhere?: true }>(signOut, signOutOf);
}

async function signInBy(context: Context, options: SignInOptions): Promise<Outcome> {
  const { username, browser, device } = options;
  if (username !== undefined) return signInWith(context, { ...options, username });
  if (!browser && !device) return usage('username', 'cli.sign-in-how');
  const { signInElsewhere } = await import('./sign-in-elsewhere.js');
  const ended = await signInElsewhere(context, browser ? 'browser' : 'device');
  return 'kind' in ended ? ended : signedIn(ended);
}

type InTerminal = SignInOptions & { readonly username: string };

async function signInWith(context: Context, options: InTerminal): Promise<Outcome> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  const isInTurn = options.passwordStdin === true && options.factor === 'sms';
  const secret = isInTurn ? await readSecretInTurn(context) : await readSecret(context, options.passwordStdin === true);
  if ('kind' in secret) return secret;
  if (secret.password === '') return usage('password', 'cli.password-missing');
  const { server, client } = connected;
  const started = await startSignIn(client);
  if (started.kind !== 'ok') return notDone(started, { server });
  const { password, code } = secret;
  const nextCode = secret.nextCode ?? (async () => code ?? '');
  const how = { ...options, password, code, nextCode, tell: (step: object) => context.surroundings.stderr.write(`${JSON.stringify(step)}\n`) };
  const ended = await answerAll(started.value, how);
  if (ended.kind !== 'ok') return notDone(ended, { server });
  const { state, isFactorUsed } = ended.value;
  const notices = code === undefined || isFactorUsed ? [] : [sentence('cli.code-not-used')];
  if (state.step !== 'signed-in') return unsupported(state);
  // Another service may stand at this address since: what the last one reached says nothing.
  rmSync(seenFile(context.paths, server), { force: true });
  return signedIn(state.me, notices);
}

interface Given {
  readonly username: string;
  readonly password: string;
  readonly code: string | undefined;
  readonly nextCode: () => Promise<string>;
  readonly stay?: true;
  readonly factor?: Factor;
  /** On standard error, for whoever waits for it. */
  readonly tell: (step: object) => void;
}

interface Ended {
  readonly state: SignInState;
  /** A second factor was wanted and given. */
  readonly isFactorUsed: boolean;
}

/** Answers each step once; being asked the same again means that the answer was not taken. */
async function answerAll(signIn: SignIn, given: Given): Promise<ApiResult<Ended>> {
  const asked = new Set<string>();
  const isFactorUsed = () => asked.has('code') || asked.has('approve');
  let state = signIn.state();
  while (state.step !== 'signed-in' && state.step !== 'unsupported' && !asked.has(state.step)) {
    // Whoever names a way does not want to come in without it.
    if (state.step === 'stay' && given.factor !== undefined && !isFactorUsed()) return { kind: 'problem', problem: NO_FACTOR };
    asked.add(state.step);
    const next = await answerOne(signIn, state, given);
    if (next.kind !== 'ok') return next;
    state = next.value;
  }
  return { kind: 'ok', value: { state, isFactorUsed: isFactorUsed() } };
}

function answerOne(signIn: SignIn, state: SignInState, given: Given): Promise<ApiResult<SignInState>> {
  switch (state.step) {
    case 'username':
      return signIn.username(given.username);
    case 'password':
      return signIn.password(given.password);
    case 'stay':
      return signIn.stay(given.stay === true);
    default:
      return answerSecond(signIn, state, given);
  }
}

/** The way that was asked for; without one, a second line of standard input is a code of the authenticator app. */
async function answerSecond(signIn: SignIn, first: SignInState, given: Given): Promise<ApiResult<SignInState>> {
  const open = first.step === 'approve' ? 'app' : first.step === 'code' ? first.factor : undefined;
  const wanted = given.factor ?? (given.code !== undefined && open === 'app' ? 'totp' : open);
  const chosen = wanted === undefined || wanted === open ? { kind: 'ok' as const, value: first } : await signIn.factor(wanted);
  if (chosen.kind !== 'ok') return chosen;
  const state = chosen.value;
  if (state.step === 'approve') {
    given.tell({ step: 'approve', number: state.number, expiresAt: state.expiresAt });
    return waitForApproval(signIn);
  }
  // Only now is it known: whoever waits writes it on the second line.
  if (state.step === 'code' && given.factor === 'sms') given.tell(state);
  const code = await given.nextCode();
  return code === '' ? { kind: 'problem', problem: CODE_MISSING } : signIn.code(code);
}

const NO_FACTOR = { type: 'factor-unavailable', title: 'It is not set up for this account', status: 409, detail: '', field: 'factor' };
const CODE_MISSING = { type: 'code-refused', title: 'A code is needed', status: 401, detail: 'the second line of standard input' };

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
