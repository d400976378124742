import { z } from 'zod';
import { Instant } from './common.js';

/**
 * For auditors.
 *
 * GET /audit/sign-ins?person&from&to&limit&before   SignInLogEntry[], newest first
 */

const Time = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const SignInLogAsked = z.strictObject({
  /** A user name. */
  person: z.string().min(1).max(200).optional(),
  /** Recorded then or later; a day is its midnight in UTC. */
  from: Time.optional(),
  /** Recorded before. */
  to: Time.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** A position: only what was recorded before it, for the next page. */
  before: z.string().max(41).optional(),
  atLeast: z.string().optional(),
});
export type SignInLogAsked = z.infer<typeof SignInLogAsked>;

export const SignInLogEntry = z.object({
  event: z.string(),
  type: z.string(),
  recordedAt: Instant,
  /** Display name, or the account id where the person was erased; null where the name typed was nobody's. */
  person: z.string().nullable(),
  username: z.string().nullable(),
  /** Who did it, where it was somebody else. */
  by: z.string().nullable(),
  session: z.string().nullable(),
  /** Name and version of the program, or the id of the device that answered. */
  device: z.string().nullable(),
  /** RFC 8176 names. */
  amr: z.array(z.string()).nullable(),
  factor: z.string().nullable(),
  reason: z.string().nullable(),
  position: z.string(),
});
export type SignInLogEntry = z.infer<typeof SignInLogEntry>;
