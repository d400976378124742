import { z } from 'zod';
import { CandidateNumber, CentreNumber, RefusedRow, TypedMark } from './common.js';

/** What an administrator imports for moderation: see moderation.ts. */

export const CentreMarkRow = z.object({
  CentreNo: CentreNumber,
  CandidateNo: CandidateNumber,
  /** Digits, `ABS` or `CF`, exactly as written. */
  Mark: TypedMark,
  TeachingGroup: z.string().max(12).optional(),
});
export type CentreMarkRow = z.infer<typeof CentreMarkRow>;
/** IAMIS allocation: rows of `CentreNo,Moderator` at POST /admin/components/:component/allocations. */
export const ModeratorRow = z.object({ CentreNo: z.string().max(200), Moderator: z.string().max(200) });
export type ModeratorRow = z.infer<typeof ModeratorRow>;

/** One file is one request, however long: nothing of it is imported where any row is refused. */
export const CENTRE_MARK_ROWS = 10_000;
export const CentreMarksFile = z.strictObject({
  rows: z.array(z.unknown()).min(1).max(CENTRE_MARK_ROWS),
  dryRun: z.boolean().optional(),
  /** Closes the marks of the centres of the file, and draws their samples. */
  submit: z.boolean().optional(),
});
export type CentreMarksFile = z.infer<typeof CentreMarksFile>;
export const CentreMarksAnswer = z.object({
  accepted: z.int(),
  unchanged: z.int(),
  refused: z.array(RefusedRow),
  submitted: z.array(z.string()),
  /** Of centres whose marks stand all the same, each at its first row; said when the file is judged, and not again. */
  warnings: z.array(RefusedRow).optional(),
});
export type CentreMarksAnswer = z.infer<typeof CentreMarksAnswer>;
