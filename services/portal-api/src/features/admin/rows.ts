import { CandidateNumber, type ImportAnswer, type RefusedRow } from '@portal/contract';
import { kebabCase, type Decider, type Refusal } from '@portal/domain';
import { eventId, type CommandContext, type Streams } from '@portal/event-store';
import type { ZodType } from 'zod';

/** An import is judged row by row: a bad row is refused alone, with the row, the field and the reason. */

export interface Row<Fields> {
  /** From 1, after the header. */
  readonly row: number;
  readonly fields: Fields;
}

export type Verdict = 'accepted' | 'unchanged' | { readonly field: string; readonly reason: string };

export class Verdicts {
  #accepted = 0;
  #unchanged = 0;
  readonly #refused: RefusedRow[] = [];
  readonly #warnings: RefusedRow[] = [];

  record(row: number, candidate: string | null, verdict: Verdict): void {
    if (verdict === 'accepted') this.#accepted += 1;
    else if (verdict === 'unchanged') this.#unchanged += 1;
    else this.#refused.push({ row, candidate, ...verdict });
  }

  /** The row stands all the same. */
  warn(row: number, candidate: string | null, warning: { readonly field: string; readonly reason: string }): void {
    this.#warnings.push({ row, candidate, ...warning });
  }

  answer(): ImportAnswer {
    const refused = this.#refused.toSorted(byRow);
    const refusedRows = new Set(refused.map(({ row }) => row));
    const warnings = this.#warnings.filter(({ row }) => !refusedRows.has(row)).toSorted(byRow);
    return { accepted: this.#accepted, unchanged: this.#unchanged, refused, ...(warnings.length > 0 && { warnings }) };
  }
}

const byRow = (a: RefusedRow, b: RefusedRow): number => a.row - b.row;

/** The well-formed rows; the others are refused at once. */
export function wellFormed<Fields>(schema: ZodType<Fields>, rows: readonly unknown[], verdicts: Verdicts): Row<Fields>[] {
  return rows.flatMap((given, index) => {
    const parsed = schema.safeParse(given);
    if (parsed.success) return [{ row: index + 1, fields: parsed.data }];
    const field = String(parsed.error.issues[0]?.path[0] ?? 'row');
    const columns = (given ?? {}) as Readonly<Record<string, unknown>>;
    const { data: candidate = null } = CandidateNumber.safeParse(columns['CandidateNo']);
    // What is no number of a centre or a candidate is one that nobody knows; where there is none the row is malformed.
    const unknown = typeof columns[field] === 'string' ? UNKNOWN[field] : undefined;
    verdicts.record(index + 1, candidate, { field, reason: unknown ?? 'malformed-request' });
    return [];
  });
}

const UNKNOWN: Readonly<Record<string, string>> = { CentreNo: 'centre-unknown', CandidateNo: 'candidate-unknown', Phone: 'phone-malformed' };

export interface RowCommand<Command, Event, State, Why extends Refusal> {
  readonly decider: Decider<Command, Event, State, Why>;
  readonly stream: string;
  readonly command: Command;
  /** Which column a refusal is about. */
  readonly fieldOf: (refusal: Why) => string;
}

/** One row as one command of its own, or only decided where nothing shall be written. */
export async function carryOut<Command, Event extends { type: string; data: object }, State, Why extends Refusal>(
  streams: Streams,
  { decider, stream, command, fieldOf }: RowCommand<Command, Event, State, Why>,
  context: CommandContext | 'dry-run',
): Promise<Verdict> {
  if (context === 'dry-run') {
    const { state } = await streams.load(decider, stream);
    const decision = decider.decide(command, state);
    if ('refused' in decision) return refusedRow(decision.refused, fieldOf);
    return decision.accepted.length > 0 ? 'accepted' : 'unchanged';
  }
  const handled = await streams.handle(decider, stream, command, context);
  if (handled.kind === 'failed') return { field: 'row', reason: FAILURES[handled.reason] };
  if (handled.kind === 'refused') return refusedRow(handled.refusal, fieldOf);
  return handled.events.length > 0 ? 'accepted' : 'unchanged';
}

/** A row's own command: the same file sent again is the same commands, and so are the rows that a corrected file keeps. */
export function rowContext({ request: _, ...context }: CommandContext, name: string): CommandContext {
  return { ...context, commandId: eventId(context.commandId, name, 0) };
}

export function refusedRow<Why extends Refusal>(refusal: Why, fieldOf: (refusal: Why) => string): Verdict {
  return { field: fieldOf(refusal), reason: kebabCase(refusal.reason) };
}

export const FAILURES = {
  deleted: 'not-found',
  full: 'store-full',
  unknown: 'outcome-unknown',
  contended: 'unavailable',
  reused: 'command-id-reused',
} as const;
