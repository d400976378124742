import { z } from 'zod';
import { CandidateNumber } from './common.js';
import { IamisCounts } from './moderation.js';

/**
 * GET  /team/:component                             TeamNode[] (the roots)
 * POST /emi/:component/sheets/:centre/reallocation  Idempotency-Key; Reallocate → Recorded
 */

export interface TeamNode {
  person: string;
  displayName: string;
  role: string;
  left: number;
  entered: number;
  submitted: number;
  /** Their own centres, where the component is moderated. */
  moderation?: IamisCounts | undefined;
  members: TeamNode[];
}
export const TeamNode: z.ZodType<TeamNode> = z.lazy(() =>
  z.object({
    person: z.string(),
    displayName: z.string(),
    role: z.string(),
    left: z.int(),
    entered: z.int(),
    submitted: z.int(),
    moderation: IamisCounts.optional(),
    members: z.array(TeamNode),
  }),
);

export const Reallocate = z.strictObject({
  /** Where absent: whoever at that centre is not `to` already. */
  from: z.string().max(200).optional(),
  to: z.string().max(200),
  /** All of `from`'s candidates there where absent. */
  candidates: z.array(CandidateNumber).min(1).optional(),
  /** What becomes of marks entered and not submitted; without it they are refused by name. */
  entered: z.enum(['submit', 'clear']).optional(),
});
export type Reallocate = z.infer<typeof Reallocate>;
