/** What is asked of a person who signs in, in this order. A further factor is a further row. */
import { PasswordAnswer, StayAnswer, UsernameAnswer, type SignInStep } from '@portal/contract';
import type { Progress, SignInWork } from './sign-in-work.js';

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
    take: (work: SignInWork, { password }: PasswordAnswer) => work.provenByPassword(password),
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
  return step === 'password' ? { step, username: progress.username ?? '' } : { step };
}
