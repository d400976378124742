import { z } from 'zod';

/** Words and numbers that stand in every feature of the wire. */

export const CentreNumber = z.string().regex(/^\d{5}$/, 'five digits');
export const CandidateNumber = z.string().regex(/^\d{4}$/, 'four digits');
export const SeriesName = z.string().regex(/^(January|March|June|November) \d{4}$/);
/** `CODE@YYYY-MM`, or a bare code while exactly one series has it. */
export const ComponentId = z.string().min(1).max(40).regex(/^[A-Za-z0-9/-]+(@\d{4}-\d{2})?$/);
/** As it is read out over a telephone. */
export const ReceiptNumber = z.string().regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/, 'XXXX-XXXX');
export const CommandId = z.uuid();
export const Instant = z.iso.datetime();
export const Position = z.string().min(1).max(64);
/** What a person typed, character for character: digits, `ABS`, or `CLEAR`. Never a number: `7e0` is not `7`. */
export const TypedMark = z.string().max(16);

/** On the way out: whole or half points, `ABS`, `CF`; not entered is null. */
export const MarkValue = z.union([z.number(), z.literal('ABS'), z.literal('CF'), z.null()]);
export type MarkValue = z.infer<typeof MarkValue>;

export const CandidateState = z.enum(['blank', 'outstanding', 'entered', 'submitted']);
export type CandidateState = z.infer<typeof CandidateState>;

/** The notary's latest signed head; null before the first. */
export const LogHead = z.object({ position: z.string(), hash: z.string() }).nullable();

/** One refused row of an import; `row` counts from 1 after the header. */
export const RefusedRow = z.object({
  row: z.int(),
  candidate: z.string().nullable(),
  field: z.string(),
  reason: z.string(),
});
export type RefusedRow = z.infer<typeof RefusedRow>;

export const ImportAnswer = z.object({
  accepted: z.int(),
  unchanged: z.int(),
  refused: z.array(RefusedRow),
  /** Rows that stand, and that somebody should look at all the same. */
  warnings: z.array(RefusedRow).optional(),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

/** Largest number of rows in one batch or import request; a larger file is sent in several. */
export const ROWS_PER_REQUEST = 500;

/** The answer to a command that recorded something; both null where nothing changed. */
export const Recorded = z.object({ event: z.string().nullable(), position: z.string().nullable() });
export type Recorded = z.infer<typeof Recorded>;
