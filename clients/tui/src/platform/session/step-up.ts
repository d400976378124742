import type { Factor, StepUpStarted, StepUpStep } from '@portal/contract';
import type { ApiResult } from '../api/result.js';
import { createTransport, type Send } from '../api/transport.js';
import { deviceCookie } from './known-device.js';
import { openSession, type ClientOptions, type Session } from './session.js';

/** Proving again who one is, while signed in (contract/step-up.ts): the same steps as in a sign-in, and then `done`. */
export type StepUpState = StepUpStep | { readonly step: 'unsupported'; readonly name: string };

export interface StepUp {
  readonly state: () => StepUpState;
  /** A refusal (a wrong password) leaves the state as it was: answer again. */
  readonly password: (password: string) => Promise<ApiResult<StepUpState>>;
  readonly code: (code: string) => Promise<ApiResult<StepUpState>>;
  /** Has the number been typed on the other device? The same step again: not yet. */
  readonly approve: () => Promise<ApiResult<StepUpState>>;
  /** Another way than the one asked for, or the same once more: a new code, a new number. */
  readonly factor: (factor: Factor) => Promise<ApiResult<StepUpState>>;
}

/** After `done` every window and command of this person holds a token that says so: repeat what wanted the factor. */
export async function startStepUp(options: ClientOptions): Promise<ApiResult<StepUp>> {
  const session = openSession(options);
  const { server, version, language } = options;
  const cookie = deviceCookie(options);
  const send = createTransport({ server, version, tokens: session, ...(language && { language }), ...(cookie && { cookie }) });
  const started = await post<StepUpStarted>(send, '/step-up', {});
  if (started.kind !== 'ok') return started;
  const { stepUp, ...first } = started.value;
  return { kind: 'ok', value: stepUpWith({ send, session, path: `/step-up/${stepUp}` }, known(first as StepUpStep)) };
}

interface Flow {
  readonly send: Send;
  readonly session: Session;
  readonly path: string;
}

function stepUpWith({ send, session, path }: Flow, first: StepUpState): StepUp {
  let state = first;
  const answer = async (step: string, body: object): Promise<ApiResult<StepUpState>> => {
    const next = await post<StepUpStep>(send, `${path}/${step}`, body);
    if (next.kind !== 'ok') return next;
    state = known(next.value);
    return state.step === 'done' ? renewed(session, state) : { kind: 'ok', value: state };
  };
  return {
    state: () => state,
    password: password => answer('password', { password }),
    code: code => answer('code', { code }),
    approve: () => answer('approve', {}),
    factor: factor => answer('factor', { factor }),
  };
}

const KNOWN = ['password', 'code', 'approve', 'done'];

const known = (step: StepUpStep): StepUpState =>
  KNOWN.includes(step.step) ? step : { step: 'unsupported', name: String((step as { step: unknown }).step) };

/** The token at hand says when the last factor was proven before this one. */
async function renewed(session: Session, state: StepUpState): Promise<ApiResult<StepUpState>> {
  const before = await session.access();
  const after = before.kind === 'token' ? await session.access(before.token) : before;
  return after.kind === 'token' ? { kind: 'ok', value: state } : after;
}

/** A step whose answer was lost is simply answered again, or all begun again. */
async function post<T>(send: Send, path: string, body: object): Promise<ApiResult<T>> {
  const answer = await send<T>({ method: 'POST', path, body });
  return answer.kind === 'unknown' ? { kind: 'unreachable', cause: answer.cause } : answer;
}
