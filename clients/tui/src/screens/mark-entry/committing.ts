import { isExtreme, parseMark } from '@portal/domain';
import type { TypedMark } from '../../platform/outbox/outbox.js';
import type { Sentence, Services } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut } from '../../platform/text/width.js';
import { sheetOf, stay, type GridEffect, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, scaleOf, typedOver, valueOf, type Group, type GridState, type Row } from './grid.state.js';
import { withRows } from './rows.js';
import { totalsOf } from './totals.js';

/** A value leaves the cell: either it is a mark and goes to the journal, or it stays on its row as `!`, recorded nowhere. */

export interface Entry {
  /** In `rows`. */
  readonly index: number;
  readonly typed: string;
  /** The revision that the person saw; the row's own where absent. */
  readonly expect?: number;
}

export interface Refusal {
  readonly candidate: string;
  readonly typed: string;
}

/** Takes what was typed on one row. The cursor is moved by the caller, whatever becomes of it. */
export function commitTyped(state: GridState, entry: Entry, services: Services): Next {
  const warning = warningOf(state, entry);
  const { state: next, effects, refusals } = commit(state, [entry], services);
  const [refusal] = refusals;
  if (refusal !== undefined) {
    return stay(next, ...effects, { type: 'bell' }, { type: 'say', sentence: { id: 'mark-entry.rejected', values: { ...refusal } }, as: 'error' });
  }
  return warning === undefined ? stay(next, ...effects) : stay(next, ...effects, { type: 'say', sentence: warning, as: 'warning' });
}

/** Any number of values as one step of undo. What stands already is not sent again; what is no mark stays on its row. */
export function commit(
  state: GridState,
  entries: readonly Entry[],
  services: Services,
  kind: 'new' | 'undo' | 'redo' = 'new',
): Next & { readonly refusals: readonly Refusal[] } {
  const rows = new Map<number, Row>();
  const outcomes = entries.map((entry) => {
    const row = rows.get(entry.index) ?? (state.rows[entry.index] as Row);
    const why = whyNotAMark(state, row, entry.typed);
    const outcome = why === undefined ? take(state, row, entry, services) : reject(row, entry, why);
    rows.set(entry.index, outcome.row);
    return outcome;
  });
  const marks = outcomes.flatMap(({ mark }) => mark ?? []);
  const settled = outcomes.flatMap(({ settled: ids = [] }) => ids);
  const effects: GridEffect[] = [];
  if (marks.length > 0) effects.push({ type: 'mark-entry/commit', ...sheetOf(state), marks });
  if (settled.length > 0) effects.push({ type: 'mark-entry/dismiss', ...sheetOf(state), commandIds: settled });
  const steps = outcomes.flatMap(({ step }) => step ?? []);
  const dealtWith = settled.length === 0 ? state.dealtWith : [...state.dealtWith, ...settled];
  const next = { ...withRows(state, rows), ...stacks(state, steps, kind), lastTyped: lastTyped(state, marks, kind), dealtWith };
  return { ...stay(next, ...effects), refusals: outcomes.flatMap(({ refusal }) => refusal ?? []) };
}

/** Why this is no mark here; undefined where it is one. */
export function whyNotAMark(state: GridState, row: Row, typed: string): Sentence | undefined {
  if (isLocked(row)) return { id: 'mark-entry.locked' };
  if (isOutstanding(row)) return { id: 'mark-entry.outstanding' };
  const answer = parseMark(typed, scaleOf(state));
  if ('parsed' in answer) return undefined;
  const { refused } = answer;
  const shown = harmless(typed);
  if (refused.reason === 'MarkOutOfRange') return { id: 'mark-entry.over', values: { typed: shown, maximum: refused.maximum } };
  return { id: refused.reason === 'MarkNotHalf' ? 'mark-entry.not-half' : 'mark-entry.malformed', values: { typed: shown } };
}

/** Pasted text may hold anything; what is no mark is only ever shown. */
export const harmless = (typed: string): string => cut(sanitise(typed.slice(0, 100)), 16);

interface Outcome {
  readonly row: Row;
  readonly mark?: TypedMark;
  readonly step?: Group[number];
  readonly refusal?: Refusal;
  readonly settled?: readonly string[];
}

function reject(row: Row, { typed }: Entry, why: Sentence): Outcome {
  const { candidate } = row.saved;
  const shown = harmless(typed);
  return {
    row: { ...row, rejected: typedOver(row, shown, why) },
    step: { candidate, from: valueOf(row), to: typed, isTaken: false },
    refusal: { candidate, typed: shown },
  };
}

function take(state: GridState, row: Row, { typed, expect = row.saved.revision }: Entry, services: Services): Outcome {
  const { candidate, mark: before } = row.saved;
  const from = valueOf(row);
  const isClean = row.rejected === undefined && row.conflict === undefined && row.refusedIds.length === 0;
  const clean: Row = isClean ? row : { ...row, rejected: undefined, conflict: undefined, refusedIds: [] };
  const settled = row.refusedIds;
  if (from === typed) return { row: clean, settled };
  const mark = typedMark(state, { candidate, mark: typed, expect }, services);
  const pending = [...row.pending, { commandId: mark.commandId, mark: typed, confirmed: mark.confirmed, isKept: false }];
  return {
    row: { ...clean, pending, verification: undefined, before: row.before === undefined ? before : row.before },
    mark,
    step: { candidate, from, to: typed, isTaken: true },
    settled,
  };
}

function typedMark(
  state: GridState,
  typed: Pick<TypedMark, 'candidate' | 'mark' | 'expect'>,
  { now, newId }: Services,
): TypedMark {
  const value = typed.mark === 'ABS' || typed.mark === 'CLEAR' ? typed.mark : Number(typed.mark);
  const extreme = value !== 'CLEAR' && isExtreme(value, state.maximum);
  return { ...typed, commandId: newId(), enteredAt: new Date(now).toISOString(), ...(extreme && { confirmed: false }) };
}

function stacks(state: GridState, group: Group, kind: 'new' | 'undo' | 'redo'): Pick<GridState, 'undo' | 'redo'> {
  const { undo, redo } = state;
  if (kind === 'undo') return { undo: undo.slice(0, -1), redo: [...redo, undo.at(-1) as Group] };
  if (kind === 'redo') return { undo: [...undo, redo.at(-1) as Group], redo: redo.slice(0, -1) };
  return group.length === 0 ? { undo, redo } : { undo: [...undo, group], redo: [] };
}

function lastTyped(state: GridState, marks: readonly TypedMark[], kind: 'new' | 'undo' | 'redo'): string | undefined {
  return kind === 'new' ? (marks.findLast(({ mark }) => mark !== 'CLEAR')?.mark ?? state.lastTyped) : state.lastTyped;
}

/** Zero and full marks are listed and confirmed before submission; a mark far from the others is only pointed out. */
function warningOf(state: GridState, { index, typed }: Entry): Sentence | undefined {
  if (typed === 'ABS' || typed === 'CLEAR') return undefined;
  const { candidate } = (state.rows[index] as Row).saved;
  const mark = Number(typed);
  if (isExtreme(mark, state.maximum)) return { id: 'mark-entry.extreme', values: { candidate, mark } };
  const { marked, total, squares } = totalsOf(state.rows);
  if (marked < ENOUGH_TO_COMPARE) return undefined;
  const mean = total / marked;
  const deviation = Math.sqrt(Math.max(0, squares / marked - mean * mean));
  if (deviation === 0 || Math.abs(mark - mean) <= 3 * deviation) return undefined;
  return { id: 'mark-entry.outlier', values: { candidate, mark, mean: Math.round(mean) } };
}

const ENOUGH_TO_COMPARE = 10;
