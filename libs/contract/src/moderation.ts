import { z } from 'zod';
import { Instant, MarkValue, Recorded, TypedMark } from './common.js';
import { MarkEntered } from './mark-entry.js';
import { Capacity } from './services-menu.js';

/**
 * IAMIS: moderation. `:centre` may be any centre of a consortium; its candidates are named by their own centre.
 *
 * GET  /iamis                                              IamisSummary[], each component in the caller's lowest role there
 * GET  /iamis/:component                                   IamisSummary, in the capacity of the header
 * GET  /iamis/:component/centres                           IamisCentre[]
 * GET  …/centres/:centre/sample                            IamisSample
 * PUT  …/centres/:centre/candidates/:candidate/mark        ReviewMark → MarkReviewedAs
 * POST …/centres/:centre/candidates/:candidate/work        Work → IamisRecorded
 * POST …/centres/:centre/candidates/:candidate/replacement Reasoned → IamisRecorded
 * POST …/centres/:centre/candidates/:candidate/change      ChangeWanted → IamisRecorded (an amendment, or a mark that comes late)
 * GET  …/centres/:centre/changes                           CentreMarkChange[]
 * POST …/centres/:centre/changes/:change                   ChangeDecision → IamisRecorded
 * POST …/centres/:centre/further-sample                    FurtherSample → IamisRecorded
 * GET  …/centres/:centre/report                            CentreReport
 * PUT  …/centres/:centre/report                            SaveReport → IamisRecorded
 * POST …/centres/:centre/report/reopening                  {} → IamisRecorded
 * GET  …/centres/:centre/outcome                           IamisOutcome
 * POST …/centres/:centre/submission                        {} → IamisRecorded
 * POST …/centres/:centre/approval                          Approval → IamisRecorded
 * POST …/centres/:centre/return                            Return → IamisRecorded
 * POST …/centres/:centre/choice                            Choose → IamisRecorded
 * POST …/centres/:centre/what-if                           WhatIf → Comparison[]; records nothing
 * POST …/centres/:centre/reallocation                      ReallocateModerator → IamisRecorded
 * POST /admin/components/:component/centre-marks           CentreMarksFile → CentreMarksAnswer; all or nothing
 *
 * Every write takes an `Idempotency-Key`; those about one candidate an `If-Match` with the candidate's revision.
 */

export const MODERATION_STATES = ['awaiting-marks', 'receiving', 'reviewing', 'submitted', 'approved', 'nothing-to-moderate'] as const;
export const ModerationState = z.enum(MODERATION_STATES);
export type ModerationState = z.infer<typeof ModerationState>;

export const OutcomeStage = z.enum(['pending', 'accepted', 'adjusted', 'order-doubtful']);
export type OutcomeStage = z.infer<typeof OutcomeStage>;

/** What a principal may choose. */
export const MODERATION_CHOICES = ['ols', 'structural', 'deming', 'constant', 'piecewise', 'use-moderator-marks', 'accept'] as const;
export const ModerationChoice = z.enum(MODERATION_CHOICES);
export type ModerationChoice = z.infer<typeof ModerationChoice>;

/** The counts of the page, by the names scripts rely on. */
const counts = {
  totalCentres: z.int(),
  totalSampleCandidates: z.int(),
  totalReportsCompleted: z.int(),
  reviewRemaining: z.int(),
  totalEntered: z.int(),
  totalCfAbs: z.int(),
  totalNewMarks: z.int(),
};

export const IamisCounts = z.object(counts);
export type IamisCounts = z.infer<typeof IamisCounts>;

export const IamisSummary = z.object({
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
  /** In which capacity these are the counts. */
  capacity: Capacity.omit({ component: true }),
  ...counts,
  /** Of the agenda of its conference; absent where none was uploaded. */
  agendaBytes: z.int().optional(),
});
export type IamisSummary = z.infer<typeof IamisSummary>;

export const IamisCentre = z.object({
  centre: z.string(),
  name: z.string(),
  /** User name; empty where nobody is allocated. */
  moderator: z.string(),
  moderatorName: z.string(),
  entered: z.int(),
  cfAbs: z.int(),
  sample: z.int(),
  remaining: z.int(),
  reportCompleted: z.boolean(),
  state: ModerationState,
  outcome: OutcomeStage,
  flags: z.array(z.string()),
  late: z.boolean(),
  /** All centres of its consortium, the leading one first; itself alone where there is none. */
  consortium: z.array(z.string()),
});
export type IamisCentre = z.infer<typeof IamisCentre>;

/** A line, or why there is none; `a` and `b` are exact fractions where the method is exact, else decimals. */
export const Verdict = z.object({
  stage: OutcomeStage,
  method: ModerationChoice.nullable(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  rho: z.string().nullable(),
  flags: z.array(z.string()),
});
export type Verdict = z.infer<typeof Verdict>;

export const SampleCandidate = z.object({
  centre: z.string(),
  candidate: z.string(),
  /** Empty where it is not known or was erased. */
  name: z.string(),
  centreMark: MarkValue,
  moderatorMark: MarkValue,
  teachingGroup: z.string(),
  /** False where the work did not come; `reason` then says why. */
  isReceived: z.boolean(),
  reason: z.string().optional(),
  savedAt: Instant.nullable(),
  revision: z.int(),
});
export type SampleCandidate = z.infer<typeof SampleCandidate>;

/** The outcome or the centre's marks, given back last and nothing submitted since. `by` is a display name; empty where erased. */
export const Returned = z.object({ reason: z.string(), by: z.string(), at: Instant });
export type Returned = z.infer<typeof Returned>;

export const IamisSample = z.object({
  component: z.string(),
  centre: z.string(),
  name: z.string(),
  consortium: z.array(z.string()),
  moderator: z.string(),
  state: ModerationState,
  maximum: z.number(),
  halfMarks: z.boolean(),
  tolerance: z.number(),
  /** Null before a sample is drawn. */
  rule: z.string().nullable(),
  seed: z.string().nullable(),
  /** Of the stream; also the ETag. */
  revision: z.int(),
  returned: Returned.nullable().optional(),
  /** By the settings of today and the marks so far. */
  verdict: Verdict,
  candidates: z.array(SampleCandidate),
});
export type IamisSample = z.infer<typeof IamisSample>;

export const ReviewMark = z.strictObject({
  mark: TypedMark,
  enteredAt: Instant.optional(),
  queuedMs: z.int().min(0).optional(),
});
export type ReviewMark = z.infer<typeof ReviewMark>;

/** As a mark that was entered, with how the centre stands after it. */
export const MarkReviewedAs = MarkEntered.extend({ remaining: z.int(), verdict: Verdict });
export type MarkReviewedAs = z.infer<typeof MarkReviewedAs>;

/** The body of what needs no words. */
export const Nothing = z.strictObject({});
const reason = z.string().min(1).max(2000);
export const Reasoned = z.strictObject({ reason });
export type Reasoned = z.infer<typeof Reasoned>;
export const Work = z.union([z.strictObject({ received: z.literal(true) }), z.strictObject({ received: z.literal(false), reason })]);
export type Work = z.infer<typeof Work>;
export const FurtherSample = z.strictObject({ reason, size: z.int().min(1).max(500).optional() });
export type FurtherSample = z.infer<typeof FurtherSample>;

export const ChangeWanted = z.strictObject({ mark: TypedMark, reason, teachingGroup: z.string().max(12).optional() });
export type ChangeWanted = z.infer<typeof ChangeWanted>;
export const ChangeDecision = z.union([z.strictObject({ approve: z.literal(true) }), z.strictObject({ approve: z.literal(false), reason })]);
export type ChangeDecision = z.infer<typeof ChangeDecision>;
export const CentreMarkChange = z.object({
  change: z.int(),
  kind: z.enum(['amendment', 'late']),
  centre: z.string(),
  candidate: z.string(),
  from: MarkValue,
  to: MarkValue,
  state: z.enum(['requested', 'approved', 'refused']),
  /** Display name. */
  by: z.string(),
  reason: z.string(),
});
export type CentreMarkChange = z.infer<typeof CentreMarkChange>;

const field = z.string().max(4000);
export const CentreReport = z.object({
  language: z.enum(['en', 'cy']),
  accuracy: field,
  administration: field,
  tasks: field,
  comments: field,
  isCompleted: z.boolean(),
});
export type CentreReport = z.infer<typeof CentreReport>;
/** A draft, or with `complete` the report itself; fields that are missing are empty. */
export const SaveReport = z.strictObject({
  language: z.enum(['en', 'cy']),
  accuracy: field.optional(),
  administration: field.optional(),
  tasks: field.optional(),
  comments: field.optional(),
  complete: z.boolean().optional(),
});
export type SaveReport = z.infer<typeof SaveReport>;

export const IamisOutcome = Verdict.extend({
  component: z.string(),
  centre: z.string(),
  state: ModerationState,
  returned: Returned.nullable().optional(),
  /** What an approval names; null while nothing is computed. */
  outcome: z.int().nullable(),
  maximum: z.number(),
  halfMarks: z.boolean(),
  tolerance: z.number(),
  candidates: z.array(
    z.object({ centre: z.string(), candidate: z.string(), centreMark: MarkValue, moderatorMark: MarkValue, adjusted: MarkValue }),
  ),
});
export type IamisOutcome = z.infer<typeof IamisOutcome>;

export const Approval = z.strictObject({
  /** The outcome that was looked at; the one in force where absent. */
  outcome: z.int().min(0).optional(),
});
export type Approval = z.infer<typeof Approval>;

/** The outcome goes back to the moderator, or the centre's marks to the centre: sample and marks are then void. */
export const Return = z.strictObject({ reason, of: z.enum(['outcome', 'centre-marks']).optional() });
export type Return = z.infer<typeof Return>;

export const ReallocateModerator = z.strictObject({ to: z.string().max(200), entered: z.enum(['keep', 'clear']).optional() });
export type ReallocateModerator = z.infer<typeof ReallocateModerator>;

/** The last event of what was recorded; both null where nothing changed. */
export const IamisRecorded = Recorded;
export type IamisRecorded = Recorded;
