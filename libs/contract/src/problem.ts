import { z } from 'zod';

/**
 * Every refusal on the wire, as RFC 9457 `application/problem+json`. `type` is stable and what programs
 * compare; `detail` is for people; `field` names the input at fault. More members may follow by type.
 */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

export const PROBLEM_TYPES = [
  // about the request
  'malformed-request',
  'too-large',
  'not-found',
  'method-not-allowed',
  'unsupported-media-type',
  'too-many-requests',
  'command-id-reused',
  // about the person
  'not-signed-in',
  'not-permitted',
  'capacity-not-held',
  'sign-in-refused',
  'password-refused',
  // about the thing
  'component-unknown',
  'component-ambiguous',
  'centre-unknown',
  'candidate-unknown',
  'not-your-candidate',
  'mark-malformed',
  'mark-out-of-range',
  'mark-not-half',
  'mark-locked',
  'mark-not-entered',
  'marks-unconfirmed',
  'no-marks-to-submit',
  'script-outstanding',
  'candidate-withdrawn',
  'reallocated',
  'already-allocated',
  'entered-marks-remain',
  'verification-differs',
  'changed-elsewhere',
  'maximum-below-mark',
  'examiner-ambiguous',
  'not-your-centre',
  'already-moderated',
  'nobody-allocated',
  'rows-refused',
  'centre-marks-missing',
  'centre-marks-locked',
  'centre-marks-open',
  'not-in-sample',
  'nobody-eligible',
  'work-outstanding',
  'moderation-locked',
  'moderation-not-submitted',
  'review-remaining',
  'report-incomplete',
  'report-completed',
  'change-unknown',
  'change-settled',
  'outcome-undecided',
  'outcome-changed',
  'not-independent',
  'method-unsuitable',
  'not-senior',
  'person-unknown',
  'account-exists',
  'role-unknown',
  'team-cycle',
  'setting-malformed',
  // about the machine: never caused by input
  'store-full',
  'outcome-unknown',
  'view-behind',
  'unavailable',
  'internal',
] as const;
export type ProblemType = (typeof PROBLEM_TYPES)[number];
