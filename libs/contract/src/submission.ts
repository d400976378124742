import { z } from 'zod';
import { CandidateNumber, CentreNumber, Instant, LogHead } from './common.js';

/**
 * POST /emi/:component/submissions   Idempotency-Key; Submit → Receipt
 * GET  /emi/:component/submissions   Receipt[]  (the person's own, newest first)
 */

export const Submit = z.strictObject({
  /** What the person saw. Absent: everything entered, as it stands (scripts), in `centre` or in all. */
  sheets: z
    .array(
      z.strictObject({
        centre: CentreNumber,
        candidates: z.array(z.strictObject({ candidate: CandidateNumber, revision: z.int().min(0) })).min(1).max(2000),
      }),
    )
    .min(1)
    .max(500)
    .optional(),
  centre: CentreNumber.optional(),
  /** Confirms the zero and full marks among them; without it unconfirmed ones refuse the submission by name. */
  confirmed: z.boolean().optional(),
});
export type Submit = z.infer<typeof Submit>;

export const Receipt = z.object({
  receipt: z.string(),
  component: z.string(),
  marks: z.int(),
  absent: z.int(),
  sheets: z.int(),
  leftOut: z.array(z.object({ centre: z.string(), candidate: z.string(), why: z.string() })),
  position: z.string(),
  recordedAt: Instant,
  late: z.boolean(),
  logHead: LogHead,
});
export type Receipt = z.infer<typeof Receipt>;
