import { z } from 'zod';
import {
  CandidateNumber,
  CandidateState,
  CommandId,
  Instant,
  MarkValue,
  ROWS_PER_REQUEST,
  TypedMark,
} from './common.js';
import { Problem } from './problem.js';

/**
 * EMI mark entry.
 *
 * GET  /emi                                       EmiSummary[]
 * GET  /emi/:component/sheets                     SheetSummary[]
 * GET  /emi/:component/sheets/:centre             Sheet
 * POST /emi/:component/sheets/:centre/marks       EnterMarks → MarkAnswer[] (200, each row its own answer)
 * PUT  /emi/:component/sheets/:centre/candidates/:candidate/mark
 *      Idempotency-Key, If-Match (the candidate's revision, optional); EnterMark → MarkEntered
 * POST …/candidates/:candidate/verification       Verify → MarkEntered
 * POST …/candidates/:candidate/flag               Flag → MarkEntered
 * POST …/candidates/:candidate/script             Script → MarkEntered
 * POST …/candidates/:candidate/concern            Concern → MarkEntered
 * POST /emi/:component/sheets/:centre/unlisted    Unlisted → Recorded
 * GET  /history/:component/:centre/:candidate     HistoryEntry[]
 *
 * Every GET takes `?atLeast=POSITION`; every write an `Idempotency-Key` (or row `commandId`), a UUID.
 */

export const EmiSummary = z.object({
  /** The full id, `CODE@YYYY-MM`. */
  component: z.string(),
  code: z.string(),
  qualification: z.string(),
  series: z.string(),
  title: z.string(),
  titles: z.object({ en: z.string(), cy: z.string() }),
  deadline: Instant,
  maximum: z.number(),
  halfMarks: z.boolean(),
  allocated: z.int(),
  left: z.int(),
  outstanding: z.int(),
  entered: z.int(),
  submitted: z.int(),
  /** The lowest role in which the reader may export its marks; absent where there is none. */
  exportAs: z.string().optional(),
  /** Of the agenda of its conference; absent where none was uploaded. */
  agendaBytes: z.int().optional(),
});
export type EmiSummary = z.infer<typeof EmiSummary>;

export const SheetSummary = z.object({
  centre: z.string(),
  name: z.string(),
  allocated: z.int(),
  left: z.int(),
  outstanding: z.int(),
  entered: z.int(),
  submitted: z.int(),
});
export type SheetSummary = z.infer<typeof SheetSummary>;

export const SheetCandidate = z.object({
  candidate: z.string(),
  /** Empty where the name is not known or was erased. */
  name: z.string(),
  state: CandidateState,
  mark: MarkValue,
  /** When the present value was recorded (server's clock); null where there is none. */
  savedAt: Instant.nullable(),
  /** Of the last change to this candidate: what `expect` and `If-Match` compare. */
  revision: z.int(),
  /** False only for a zero or full mark that nobody has confirmed yet. */
  confirmed: z.boolean(),
  verified: z.boolean(),
  flagged: z.boolean(),
  /** Why the script is outstanding. */
  reason: z.string().optional(),
});
export type SheetCandidate = z.infer<typeof SheetCandidate>;

export const Sheet = z.object({
  component: z.string(),
  centre: z.string(),
  name: z.string(),
  maximum: z.number(),
  halfMarks: z.boolean(),
  /** Revision of the whole stream; also the ETag. */
  revision: z.int(),
  candidates: z.array(SheetCandidate),
});
export type Sheet = z.infer<typeof Sheet>;

export const EnterMark = z.strictObject({
  mark: TypedMark,
  /** For zero and full marks. */
  confirmed: z.boolean().optional(),
  /** Client's clock, untrusted. */
  enteredAt: Instant.optional(),
  /** How long it waited in the client's queue. */
  queuedMs: z.int().min(0).optional(),
});
export type EnterMark = z.infer<typeof EnterMark>;

export const MarkRow = EnterMark.extend({
  commandId: CommandId,
  candidate: z.string().max(16),
  /** The revision of the candidate that the person saw. */
  expect: z.int().min(0).optional(),
});
export type MarkRow = z.infer<typeof MarkRow>;

/** Only the envelope is checked as a whole: a bad row is refused alone. */
export const EnterMarks = z.strictObject({ marks: z.array(z.unknown()).min(1).max(ROWS_PER_REQUEST) });
export interface EnterMarks {
  readonly marks: readonly MarkRow[];
}

export const MarkEntered = z.object({
  candidate: CandidateNumber,
  mark: MarkValue,
  /** Null where nothing changed. */
  event: z.string().nullable(),
  position: z.string().nullable(),
  recordedAt: Instant.nullable(),
  /** The candidate's revision afterwards. */
  revision: z.int(),
});
export type MarkEntered = z.infer<typeof MarkEntered>;

/** In the order of the request. */
export const MarkAnswer = z.union([
  z.object({ commandId: z.string(), recorded: MarkEntered }),
  z.object({ commandId: z.string().nullable(), refused: Problem }),
]);
export type MarkAnswer = z.infer<typeof MarkAnswer>;

/** What `changed-elsewhere` carries besides: the value that stands, its revision, who and when. */
export const ChangedElsewhere = Problem.extend({
  candidate: z.string(),
  mark: MarkValue,
  revision: z.int(),
  by: z.string(),
  at: Instant,
});
export type ChangedElsewhere = z.infer<typeof ChangedElsewhere>;

/** Blind second entry: without `keep` a difference is refused as `verification-differs` { first, second }. */
export const Verify = z.strictObject({ mark: TypedMark, keep: z.enum(['first', 'second']).optional() });
export const Flag = z.strictObject({ flagged: z.boolean() });
export const Script = z.strictObject({ received: z.boolean(), reason: z.string().max(200).optional() });
export const Concern = z.strictObject({
  kind: z.enum(['malpractice', 'special-consideration', 'illegible', 'wrong-paper', 'other']),
});
export const Unlisted = z.strictObject({ number: z.string().regex(/^\d{1,8}$/) });

export const HistoryEntry = z.object({
  event: z.string(),
  type: z.string(),
  recordedAt: Instant,
  /** Display name, or the account id where the person was erased. */
  actor: z.string(),
  capacity: z.string(),
  session: z.string(),
  from: MarkValue,
  to: MarkValue,
  reason: z.string().nullable(),
  position: z.string(),
  /** The client's clock, where it said. */
  enteredAt: Instant.nullable(),
  queuedMs: z.int().nullable(),
  /** Who had the candidate before an allocation, and has it after: names like `actor`; null for all else. */
  fromExaminer: z.string().nullable(),
  toExaminer: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
