import type { Sheet, SheetCandidate } from '@portal/contract';
import type { ApiProblem } from '../../platform/api/result.js';
import { sentenceOf } from '../../platform/i18n/not-done.js';
import type { RefusedMark } from '../../platform/journal/entries.js';
import type { OutboxAnswer, TypedMark } from '../../platform/outbox/outbox.js';
import { stay, type GridMessage, type Next } from './grid.messages.js';
import { freshRow, isLocked, rowOf, withRow, type Conflict, type GridState, type Pending, type Rejected, type Row } from './grid.state.js';
import { shownRows } from './filtering.js';

/** What comes back: from this machine's disk, and from the service. Nothing typed is ever lost by an answer. */

export function journaled(state: GridState, commandIds: readonly string[]): GridState {
  const kept = new Set(commandIds);
  return mapRows(state, (row) => {
    if (!row.pending.some((one) => kept.has(one.commandId))) return row;
    return { ...row, pending: row.pending.map((one) => (kept.has(one.commandId) ? { ...one, isKept: true } : one)) };
  });
}

/** The disk refused: what was typed stays on its row, and the person knows that it is kept nowhere. */
export function notJournaled(state: GridState, { commandIds, reason }: Extract<GridMessage, { type: 'not-journaled' }>): Next {
  const lost = new Set(commandIds);
  const why = { id: 'mark-entry.not-kept', values: { reason } } as const;
  const next = mapRows(state, (row) => {
    const found = row.pending.find((one) => lost.has(one.commandId));
    if (found === undefined) return row;
    const pending = row.pending.filter((one) => !lost.has(one.commandId));
    return { ...row, pending, rejected: { typed: found.mark, why, commandId: undefined, isReallocated: false } };
  });
  return stay(next, { type: 'bell' }, { type: 'say', sentence: why, as: 'error' });
}

export function answered(state: GridState, answer: OutboxAnswer): Next {
  const index = rowOf(state, answer.candidate);
  const row = state.rows[index];
  if (row === undefined) return stay(state);
  const pending = row.pending.filter((one) => one.commandId !== answer.commandId);
  if ('recorded' in answer) {
    const { mark, revision, recordedAt } = answer.recorded;
    if (revision < row.saved.revision) return stay(withRow(state, index, { pending }));
    const sent = row.pending.find((one) => one.commandId === answer.commandId);
    const saved: SheetCandidate = {
      ...row.saved,
      mark,
      revision,
      state: mark === null ? 'blank' : 'entered',
      savedAt: mark === null ? null : (recordedAt ?? row.saved.savedAt),
      confirmed: sent?.confirmed ?? true,
      verified: false,
    };
    return stay(withRow(state, index, { saved, pending }));
  }
  const conflict = conflictOf(answer);
  if (conflict !== undefined) {
    return stay(withRow(state, index, { pending, conflict }), { type: 'bell' }, {
      type: 'say',
      sentence: { id: 'mark-entry.conflict', values: { candidate: answer.candidate } },
      as: 'conflict',
    });
  }
  const rejected = rejectedBy(answer.mark, answer.refused, answer.commandId);
  const sentence = { id: 'mark-entry.rejected', values: { candidate: answer.candidate, typed: answer.mark } } as const;
  return stay(withRow(state, index, { pending, rejected }), { type: 'bell' }, { type: 'say', sentence, as: 'error' });
}

function rejectedBy(typed: string, problem: ApiProblem, commandId: string): Rejected {
  return { typed, why: sentenceOf({ kind: 'problem', problem }), commandId, isReallocated: problem.type === 'reallocated' };
}

function conflictOf({ commandId, mark, ...answer }: { commandId: string; mark: string; refused?: ApiProblem }): Conflict | undefined {
  const { refused } = answer;
  if (refused?.type !== 'changed-elsewhere') return undefined;
  const { mark: theirs, revision, by, at } = refused as ApiProblem & Pick<Conflict, 'revision' | 'by' | 'at'> & { mark: Conflict['theirs'] };
  return { commandId, mine: mark, theirs, revision, by: by ?? '', at: at ?? '' };
}

/** The first reading, or a later one: nothing that is typed, queued, refused or in conflict is touched by it. */
export function loaded(state: GridState, sheet: Sheet, queued: readonly TypedMark[], refused: readonly RefusedMark[], now: number): GridState {
  const before = new Map(state.rows.map((row) => [row.saved.candidate, row]));
  const rows = sheet.candidates.map((saved) => merged(before.get(saved.candidate), saved));
  const gone = state.rows.filter((row) => !sheet.candidates.some((one) => one.candidate === row.saved.candidate) && isOwed(row));
  const all = withQueued([...rows, ...gone], queued, refused);
  const candidate = state.rows[state.shown[state.cursor] ?? -1]?.saved.candidate;
  const next: GridState = {
    ...state,
    name: sheet.name || state.name,
    maximum: sheet.maximum,
    halfMarks: sheet.halfMarks,
    rows: all,
    shown: shownRows(all, state.filter),
    isLoading: false,
    isStale: false,
    problem: undefined,
    readAt: now,
  };
  // The first time: where the marking goes on.
  if (state.isLoading && state.rows.length === 0) return { ...next, cursor: Math.max(0, all.findIndex((row) => !isLocked(row))) };
  const at = next.shown.findIndex((index) => all[index]?.saved.candidate === candidate);
  return { ...next, cursor: at >= 0 ? at : Math.min(state.cursor, next.shown.length) };
}

const isOwed = (row: Row): boolean => row.pending.length > 0 || row.rejected !== undefined || row.conflict !== undefined;

function merged(row: Row | undefined, saved: SheetCandidate): Row {
  if (row === undefined) return freshRow(saved);
  if (saved.revision < row.saved.revision) return row;
  return same(row.saved, saved) ? row : { ...row, saved };
}

function same(one: SheetCandidate, other: SheetCandidate): boolean {
  return (Object.keys(other) as (keyof SheetCandidate)[]).every((name) => one[name] === other[name]);
}

/** What an earlier run left in the journal: still owed, or refused and not dealt with. */
function withQueued(rows: readonly Row[], queued: readonly TypedMark[], refused: readonly RefusedMark[]): readonly Row[] {
  if (queued.length === 0 && refused.length === 0) return rows;
  return rows.map((row) => {
    const { candidate } = row.saved;
    const owed = queued.filter((mark) => mark.candidate === candidate && !row.pending.some((one) => one.commandId === mark.commandId));
    const pending: readonly Pending[] = [...row.pending, ...owed.map((mark) => ({ ...mark, confirmed: mark.confirmed, isKept: true }))];
    const left = refused.findLast((one) => one.mark.candidate === candidate);
    if (left === undefined || isOwed(row)) return owed.length === 0 ? row : { ...row, pending };
    const { mark, problem } = left;
    const conflict = conflictOf({ commandId: mark.commandId, mark: mark.mark, refused: problem });
    if (conflict !== undefined) return { ...row, pending, conflict };
    return { ...row, pending, rejected: rejectedBy(mark.mark, problem, mark.commandId) };
  });
}

function mapRows(state: GridState, change: (row: Row) => Row): GridState {
  return { ...state, rows: state.rows.map(change) };
}
