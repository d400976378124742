import { z } from 'zod';
import { ImportAnswer, Instant, ROWS_PER_REQUEST, SeriesName } from './common.js';
import { Anchors } from './moderation-choice.js';

/**
 * For administrators. Every import takes `{ rows, dryRun? }`, answers `ImportAnswer`, and refuses row by row.
 *
 * PUT  /admin/components/:component   Component → Component       GET likewise
 * POST /admin/components/:component/allocations   rows of AllocationRow; of ModeratorRow where the component is moderated
 * POST /admin/components/:component/team          rows of TeamRow
 * POST /admin/candidates                          rows of CandidateRow
 * POST /admin/centres                             rows of CentreRow
 * POST /admin/accounts                            CreateAccount → AccountCreated
 * POST /admin/accounts/rows                       rows of AccountRow → AccountsAnswer
 * POST /admin/accounts/:username/unlock           → AccountChanged
 * POST /admin/accounts/:username/disable          → AccountChanged        …/enable likewise
 * POST /admin/accounts/:username/temporary-pass   → TemporaryPass
 * POST /admin/accounts/:username/reset-factors  → AccountChanged
 * POST /admin/accounts/:username/end-sessions  → AccountChanged
 * POST /admin/keys/rotation  → KeysRotated
 */

export const Component = z.strictObject({
  /** `CODE@YYYY-MM`, or the bare code: the series then says which. */
  component: z.string().max(40),
  kind: z.enum(['EMI', 'IAMIS']),
  series: SeriesName,
  qualification: z.string().min(1).max(40).optional(),
  titles: z.strictObject({ en: z.string().min(1).max(200), cy: z.string().min(1).max(200) }),
  maximum: z.int().min(1).max(1000),
  halfMarks: z.boolean().optional(),
  deadline: Instant,
  tolerance: z.int().min(1).optional(),
  sampleRule: z.enum(['jcq-classic', 'jcq-2026']).optional(),
  method: z.enum(['ols', 'structural', 'deming', 'constant', 'piecewise']).optional(),
  /** For the method deming. */
  lambda: z.string().max(14).optional(),
  /** For the method piecewise, in whole points. */
  anchors: Anchors.optional(),
  policies: z.array(z.string().max(60)).optional(),
});
export type Component = z.infer<typeof Component>;

const text = z.string().max(300);
export const AllocationRow = z.object({ CentreNo: text, CandidateNo: text, Examiner: text });
export const TeamRow = z.object({ Person: text, Role: text, Senior: text.optional() });
export const CandidateRow = z.object({ Series: text, CentreNo: text, CandidateNo: text, UCI: text.optional(), Name: text });
export const CentreRow = z.object({ CentreNo: text, Name: text, Consortium: text.optional() });
export type AllocationRow = z.infer<typeof AllocationRow>;
export type TeamRow = z.infer<typeof TeamRow>;
export type CandidateRow = z.infer<typeof CandidateRow>;
export type CentreRow = z.infer<typeof CentreRow>;

/** Rows are checked one by one, so that a malformed one is refused alone. */
export const ImportRows = z.strictObject({
  rows: z.array(z.unknown()).min(1).max(ROWS_PER_REQUEST),
  dryRun: z.boolean().optional(),
});

const Email = z.string().max(200).regex(/^[^\s@,;:<>"\u0000-\u001f]+@[^\s@,;:<>"\u0000-\u001f]+$/, 'an address');

export const CreateAccount = z.strictObject({
  username: z.string().max(200).regex(/^[^\s@\u0000-\u001f]+@[^\s@\u0000-\u001f]+$/, 'an address'),
  name: z.string().min(1).max(200),
  roles: z.array(z.enum(['appointee', 'auditor', 'admin'])).min(1),
  /** Where the invitation is sent to. */
  email: Email.optional(),
});
export type CreateAccount = z.infer<typeof CreateAccount>;

/** `invitation` is a single-use code with which the person chooses a password. */
export const AccountCreated = z.object({ event: z.string(), invitation: z.string(), account: z.string() });
export type AccountCreated = z.infer<typeof AccountCreated>;

/** Both null where nothing changed. */
export const AccountChanged = z.object({ event: z.string().nullable(), position: z.string().nullable() });
export type AccountChanged = z.infer<typeof AccountChanged>;

/**
 * The user name is made from the name, and the invitation sent to the address. Roles are parted by spaces or semicolons.
 * A telephone number is `+`, the code of the country and the number without its leading nought: `+447700900123` (E.164).
 */
export const AccountRow = z.object({
  Name: text.min(1),
  Email,
  Phone: z.string().regex(/^(\+[1-9][0-9]{6,14})?$/).optional(),
  Roles: text.min(1),
});
export type AccountRow = z.infer<typeof AccountRow>;

export const AccountsAnswer = ImportAnswer.extend({ accounts: z.array(z.object({ row: z.int(), username: z.string() })) });
export type AccountsAnswer = z.infer<typeof AccountsAnswer>;

/** Typed where a recovery code is asked for, once. */
export const TemporaryPass = z.object({ event: z.string(), pass: z.string(), expiresAt: Instant });
export type TemporaryPass = z.infer<typeof TemporaryPass>;

/** Tokens are signed with the key of this name from now on; those signed before stay good until they run out. */
export const KeysRotated = z.object({ kid: z.string() });
export type KeysRotated = z.infer<typeof KeysRotated>;
