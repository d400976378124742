import type { Factor, SignInStep } from '@portal/contract';
import type { Api } from '../api/api.js';
import type { ApiResult } from '../api/result.js';
import type { Session } from './session.js';

/**
 * Whoever is signed in proves once more who they are, with the access token they have: the steps of a sign-in that come
 * after the name. Afterwards the token is renewed, so that the next call carries the new time.
 */
export interface StepUp {
  readonly state: () => StepUpState;
  /** A refusal leaves the state as it was: answer again. */
  readonly password: (password: string) => Promise<ApiResult<StepUpState>>;
  readonly code: (code: string) => Promise<ApiResult<StepUpState>>;
  readonly approve: () => Promise<ApiResult<StepUpState>>;
  readonly factor: (factor: Factor) => Promise<ApiResult<StepUpState>>;
}

export type StepUpState = Extract<SignInStep, { step: 'password' | 'code' | 'approve' }> | { readonly step: 'done' };

export async function startStepUp(at: { readonly api: Api; readonly session: Session }): Promise<ApiResult<StepUp>> {
  const begun = await at.api.stepUp<StepUpState & { readonly stepUp: string }>('', {});
  if (begun.kind !== 'ok') return begun;
  const { stepUp, ...first } = begun.value;
  return { kind: 'ok', value: steps(at, `/${encodeURIComponent(stepUp)}`, first) };
}

function steps({ api, session }: { readonly api: Api; readonly session: Session }, path: string, first: StepUpState): StepUp {
  let state = first;
  const answer = async (step: string, body: object): Promise<ApiResult<StepUpState>> => {
    const next = await api.stepUp<StepUpState>(`${path}/${step}`, body);
    if (next.kind === 'ok') state = next.value;
    if (state.step === 'done') await renew(session);
    return next;
  };
  return {
    state: () => state,
    password: (password) => answer('password', { password }),
    code: (code) => answer('code', { code }),
    approve: () => answer('approve', {}),
    factor: (factor) => answer('factor', { factor }),
  };
}

async function renew(session: Session): Promise<void> {
  const now = await session.access();
  if (now.kind === 'token') await session.access(now.token);
}
