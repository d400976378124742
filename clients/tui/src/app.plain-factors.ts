import type { Factor } from '@portal/contract';
import type { Dialogue } from './app.plain-dialogue.js';
import type { ApiResult } from './platform/api/result.js';
import { proveInTurn } from './platform/session/prove-in-turn.js';
import type { ClientOptions } from './platform/session/session.js';
import type { SignIn, SignInState } from './platform/session/sign-in.js';
import { waitForApproval } from './platform/session/wait-for-approval.js';
import { sanitise } from './platform/text/sanitise.js';

/** The step after the password, in the linear mode: where there are several ways, which one is asked first. */
type Second = Extract<SignInState, { step: 'code' | 'approve' }>;

export async function answerSecond(signIn: SignIn, first: Second, dialogue: Dialogue): Promise<ApiResult<SignInState>> {
  const open: Factor = first.step === 'approve' ? 'app' : first.factor;
  const wanted = await whichWay(open, first.factors, dialogue);
  const chosen = wanted === open ? { kind: 'ok' as const, value: first } : await signIn.factor(wanted);
  if (chosen.kind !== 'ok') return chosen;
  const state: SignInState = chosen.value;
  if (state.step === 'approve') {
    dialogue.say('plain.approve', { number: state.number });
    return waitForApproval(signIn, state);
  }
  if (state.step !== 'code') return chosen;
  return signIn.code((await askCode(state, dialogue)) ?? '');
}

/** Whoever is signed in already, where a call wants it. */
export function provePlainly(options: ClientOptions, dialogue: Dialogue): Promise<boolean> {
  dialogue.say('plain.prove');
  return proveInTurn(options, {
    password: () => dialogue.askSecretly('plain.password'),
    code: (state) => askCode(state, dialogue),
    show: ({ number }) => dialogue.say('plain.approve', { number }),
    refused: (result) => dialogue.refused(result),
  });
}

/** The one that was chosen when the account was set up stands first. */
async function whichWay(open: Factor, factors: readonly Factor[], dialogue: Dialogue): Promise<Factor> {
  const ways = [open, ...factors.filter((factor) => factor !== open)];
  if (ways.length === 1) return open;
  ways.forEach((factor, index) => dialogue.say('plain.way', { number: index + 1, way: dialogue.t(`sign-in.by-${factor}`) }));
  return (await dialogue.choose('plain.choose-way', ways)) ?? open;
}

function askCode({ factor, sentTo }: { readonly factor: Factor; readonly sentTo?: string | undefined }, dialogue: Dialogue): Promise<string | undefined> {
  dialogue.say(`sign-in.code-how.${factor === 'app' ? 'totp' : factor}`, { sentTo: sanitise(sentTo ?? '') });
  return dialogue.ask('plain.code');
}
