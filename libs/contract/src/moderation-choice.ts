import { z } from 'zod';
import { ModerationChoice, Reasoned, Verdict } from './moderation.js';

/** What a principal chooses in place of what the settings give, and what each choice would do: see moderation.ts. */

export const Anchors = z.array(z.strictObject({ at: z.int().min(0), difference: z.int() })).min(1).max(20);
const adjustment = {
  method: ModerationChoice,
  tolerance: z.int().min(1).optional(),
  lambda: z.string().max(14).optional(),
  anchors: Anchors.optional(),
};
export const Choose = Reasoned.extend(adjustment);
export type Choose = z.infer<typeof Choose>;

export const WhatIf = z.strictObject({ options: z.array(z.strictObject(adjustment)).min(1).max(12) });
export type WhatIf = z.infer<typeof WhatIf>;
/** In the order of the options; `unsuitable` says why one cannot be carried out, and its figures are zero. */
export const Comparison = Verdict.extend({
  tolerance: z.number(),
  unsuitable: z.string().nullable(),
  /** Candidates of the whole cohort whose mark would move, of those with a new mark. */
  moved: z.int(),
  of: z.int(),
  /** Among the moved, in points, signed. */
  smallest: z.number(),
  largest: z.number(),
  mean: z.number(),
  /** Of the sample: the moderator's mark against the adjusted one, root mean square and the largest in points. */
  residual: z.number(),
  largestResidual: z.number(),
  /** Whether any two candidates change places; ties that part are counted too. */
  orderKept: z.boolean(),
});
export type Comparison = z.infer<typeof Comparison>;
