import type { Factor } from '@portal/contract';
import type { ApiResult } from '../platform/api/result.js';
import type { ClientOptions } from '../platform/session/session.js';
import type { SignIn, SignInState } from '../platform/session/sign-in.js';
import { waitForApproval } from '../platform/session/wait-for-approval.js';
import { sanitise } from '../platform/text/sanitise.js';
import { connectTo, forgetSeen, type Connected, type Context } from './context.js';
import { notDone, refused, sentence, usage, type Failed, type Sentence } from './outcome.js';
import { readSecret, readSecretInTurn, type Secret } from './secret.js';

/** What the options say to the steps of a sign-in, into the Portal or at AMP. */
export interface StepAnswers {
  readonly username: string;
  readonly passwordStdin?: true;
  readonly stay?: true;
  readonly factor?: Factor;
}

export type Start<Who> = (client: ClientOptions) => Promise<ApiResult<SignIn<Who>>>;

/** From the first step to whoever it is, with what should be said besides. */
export async function answerSteps<Who>(
  context: Context, options: StepAnswers, start: Start<Who>,
): Promise<{ readonly who: Who; readonly notices: readonly Sentence[] } | Failed> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  const isInTurn = options.passwordStdin === true && options.factor === 'sms';
  const secret = isInTurn ? await readSecretInTurn(context) : await readSecret(context, options.passwordStdin === true);
  if ('kind' in secret) return secret;
  return answerWith(context, connected, options, start, secret).finally(secret.close);
}

async function answerWith<Who>(
  context: Context, { server, client }: Connected, options: StepAnswers, start: Start<Who>, secret: Secret,
): Promise<{ readonly who: Who; readonly notices: readonly Sentence[] } | Failed> {
  if (secret.password === '') return usage('password', 'cli.password-missing');
  const started = await start(client);
  if (started.kind !== 'ok') return notDone(started, { server });
  const { password, code } = secret;
  const nextCode = secret.nextCode ?? (async () => code ?? '');
  const how = { ...options, password, code, nextCode, tell: (step: object) => context.surroundings.stderr.write(`${JSON.stringify(step)}\n`) };
  const ended = await answerAll(started.value, how);
  if (ended.kind !== 'ok') return notDone(ended, { server });
  const { state, isFactorUsed } = ended.value;
  const notices = code === undefined || isFactorUsed ? [] : [sentence('cli.code-not-used')];
  if (state.step !== 'signed-in') return unsupported(state);
  forgetSeen(context, server);
  return { who: state.me, notices };
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

interface Ended<Who> {
  readonly state: SignInState<Who>;
  /** A second factor was wanted and given. */
  readonly isFactorUsed: boolean;
}

/** Answers each step once; being asked the same again means that the answer was not taken. */
async function answerAll<Who>(signIn: SignIn<Who>, given: Given): Promise<ApiResult<Ended<Who>>> {
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

function answerOne<Who>(signIn: SignIn<Who>, state: SignInState<Who>, given: Given): Promise<ApiResult<SignInState<Who>>> {
  switch (state.step) {
    case 'username':
      return signIn.username(given.username);
    case 'password':
      // Whoever has a code at hand waits for no number: no telephone need ring.
      return signIn.password(given.password, given.factor ?? (given.code === undefined ? undefined : 'totp'));
    case 'stay':
      return signIn.stay(given.stay === true);
    default:
      return answerSecond(signIn, state, given);
  }
}

/** The way that was asked for; without one, a second line of standard input is a code of the authenticator app. Named with the password already. */
async function answerSecond<Who>(signIn: SignIn<Who>, first: SignInState<Who>, given: Given): Promise<ApiResult<SignInState<Who>>> {
  const open = first.step === 'approve' ? 'app' : first.step === 'code' ? first.factor : undefined;
  const wanted = given.factor ?? (given.code !== undefined && open === 'app' ? 'totp' : open);
  const chosen = wanted === undefined || wanted === open ? { kind: 'ok' as const, value: first } : await signIn.factor(wanted);
  if (chosen.kind !== 'ok') return chosen;
  const state = chosen.value;
  if (state.step === 'approve') {
    given.tell({ step: 'approve', number: state.number, expiresAt: state.expiresAt });
    return waitForApproval(signIn, state);
  }
  // Only now is it known: whoever waits writes it on the second line.
  if (state.step === 'code' && given.factor === 'sms') given.tell(state);
  const code = await given.nextCode();
  return code === '' ? { kind: 'problem', problem: CODE_MISSING } : signIn.code(code);
}

const NO_FACTOR = { type: 'factor-unavailable', title: 'It is not set up for this account', status: 409, detail: '', field: 'factor' };
const CODE_MISSING = { type: 'code-missing', title: 'A code is needed', status: 401, detail: 'the second line of standard input' };

function unsupported(state: SignInState<unknown>): Failed {
  const step = state.step === 'unsupported' ? state.name : state.step;
  return refused('step-unsupported', undefined, sentence('cli.step-unsupported', { step: sanitise(step) }));
}
