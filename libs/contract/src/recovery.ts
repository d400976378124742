import { z } from 'zod';

/**
 * A forgotten password, at the provider. Nobody learns from it which accounts there are.
 *
 * POST /recovery/begin    BeginRecovery → RecoveryBegun: always, and a code goes to the account's e-mail address if it has one
 * POST /recovery/finish   FinishRecovery → RecoveryFinished, or 401 `code-refused`, or 422 `password-common`
 *
 * Afterwards every sign-in of the account has ended, and the next asks for the second factor as before.
 */

export const BeginRecovery = z.strictObject({ username: z.string().min(1).max(200) });
export type BeginRecovery = z.infer<typeof BeginRecovery>;

export const RecoveryBegun = z.object({ recovery: z.string() });
export type RecoveryBegun = z.infer<typeof RecoveryBegun>;

export const FinishRecovery = z.strictObject({
  recovery: z.string().min(1).max(100),
  /** As it was sent; spaces are for the eye. */
  code: z.string().max(40).regex(/^[0-9 -]{4,40}$/),
  password: z.string().min(12).max(1000),
});
export type FinishRecovery = z.infer<typeof FinishRecovery>;

export const RecoveryFinished = z.object({ username: z.string() });
export type RecoveryFinished = z.infer<typeof RecoveryFinished>;
