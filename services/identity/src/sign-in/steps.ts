/** What is asked of a person who signs in, in this order. A further factor is a further row. */
import {
  ApproveAnswer, CodeAnswer, FactorAnswer, PasswordAnswer, StayAnswer, UsernameAnswer, type SignInStep,
} from '@portal/contract';
import type { Progress, Second, SignInWork } from './sign-in-work.js';

export const STEPS = {
  username: {
    schema: UsernameAnswer,
    isDone: ({ username }: Progress) => username !== undefined,
    /** A mistyped name may be typed again until it is proven. */
    mayRepeat: ({ amr }: Progress) => amr.length === 0,
    take: (work: SignInWork, { username }: UsernameAnswer) => work.named(username),
  },
  password: {
    schema: PasswordAnswer,
    isDone: ({ amr }: Progress) => amr.includes('pwd'),
    mayRepeat: () => false,
    take: (work: SignInWork, { password, factor }: PasswordAnswer) => work.provenByPassword(password, factor),
  },
  /** Asked for where a way with a code is set up. */
  code: {
    schema: CodeAnswer,
    isDone: ({ second }: Progress) => second === undefined || second.isProven === true || second.factor === 'app',
    mayRepeat: () => false,
    take: (work: SignInWork, { code }: CodeAnswer) => work.provenByCode(code),
  },
  approve: {
    schema: ApproveAnswer,
    isDone: ({ second }: Progress) => second === undefined || second.isProven === true || second.factor !== 'app',
    mayRepeat: () => false,
    take: (work: SignInWork) => work.provenByApproval(),
  },
  /** Never open by itself. */
  factor: {
    schema: FactorAnswer,
    isDone: () => true,
    mayRepeat: ({ second }: Progress) => second !== undefined && second.isProven !== true,
    take: (work: SignInWork, { factor }: FactorAnswer) => work.chosen(factor),
  },
  stay: {
    schema: StayAnswer,
    isDone: ({ isFinished }: Progress) => isFinished,
    mayRepeat: () => false,
    take: (work: SignInWork, { stay }: StayAnswer) => work.finished(stay),
  },
} as const;

export type StepName = keyof typeof STEPS;

type UsernameAnswer = ReturnType<typeof UsernameAnswer.parse>;
type PasswordAnswer = ReturnType<typeof PasswordAnswer.parse>;
type CodeAnswer = ReturnType<typeof CodeAnswer.parse>;
type FactorAnswer = ReturnType<typeof FactorAnswer.parse>;
type StayAnswer = ReturnType<typeof StayAnswer.parse>;

export const isStepName = (text: string): text is StepName => Object.hasOwn(STEPS, text);

/** The step that is open; undefined where all are done. */
export function openStep(progress: Progress): StepName | undefined {
  return (Object.keys(STEPS) as StepName[]).find((name) => !STEPS[name].isDone(progress));
}

/** What a client is told. */
export function shownStep(progress: Progress, resume: string): SignInStep {
  const step = openStep(progress);
  if (step === undefined) return { step: 'done', resume };
  if (step === 'password') return { step, username: progress.username ?? '' };
  return step === 'code' || step === 'approve' ? shownSecond(step, progress.second as Second) : { step: step as 'stay' };
}

function shownSecond(step: 'code' | 'approve', { factor, factors, number, sentTo, expiresAt }: Second): SignInStep {
  const all = [...factors];
  // Without a number the request could not be made: it is as if it had expired.
  if (step === 'approve') return { step, number: number ?? '', expiresAt: expiresAt ?? new Date(0).toISOString(), factors: all };
  return { step, factor, factors: all, ...(sentTo !== undefined && { sentTo }), ...(expiresAt !== undefined && { expiresAt }) };
}
