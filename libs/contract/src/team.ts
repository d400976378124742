import { z } from 'zod';
import { CandidateNumber } from './common.js';
import { IamisCounts } from './moderation.js';

/**
 * GET  /team/:component                             TeamNode[] (the roots), for people of that team and who reads everything
 * POST /team/:component/work-as                     Idempotency-Key, the capacity in its header; {} → WorkingAs
 * POST /emi/:component/sheets/:centre/reallocation  Idempotency-Key; Reallocate → Recorded
 *
 * Principals, chairs, auditors and administrators see the whole team; everybody else themselves, those above them and
 * those below, in whatever capacity they ask. Who holds several roles stands once, at the first of their places.
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

/** What is chosen is recorded; the capacity itself travels with every request. */
export const WorkingAs = z.object({
  capacity: z.object({ component: z.string(), role: z.string(), member: z.string().optional() }),
  /** Both null where it was chosen already. */
  event: z.string().nullable(),
  position: z.string().nullable(),
});
export type WorkingAs = z.infer<typeof WorkingAs>;

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
