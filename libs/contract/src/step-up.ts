import { z } from 'zod';
import { ApproveStep, CodeStep, PasswordStep } from './sign-in.js';

/**
 * Proving again who one is, while signed in: where a request was answered with 401 `factor-needed` (`maxAgeS`: how old a
 * factor may be). At the provider, with an access token; the answers to the steps are those of a sign-in.
 *
 * POST /step-up                   {} → StepUpStarted
 * POST /step-up/:id/password      { password } → StepUpStep, or 401 `password-refused`
 * POST /step-up/:id/code          { code } → StepUpStep, or 401 `code-refused`
 * POST /step-up/:id/approve       {} → StepUpStep: `approve` again while nobody has answered
 * POST /step-up/:id/factor        { factor } → StepUpStep: another way, a code once more, or a new number
 *
 * The password is asked for where no second factor is set up, else the second factor. After `done` a renewed access token
 * carries the new `factor_time`.
 */

export const StepUpStep = z.discriminatedUnion('step', [
  PasswordStep, CodeStep, ApproveStep, z.object({ step: z.literal('done') }),
]);
export type StepUpStep = z.infer<typeof StepUpStep>;

export const StepUpStarted = z.intersection(z.object({ stepUp: z.string() }), StepUpStep);
export type StepUpStarted = z.infer<typeof StepUpStarted>;
