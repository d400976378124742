import type { MarkEntered, SheetCandidate } from '@portal/contract';
import type { ApiProblem } from '../../platform/api/result.js';
import { sentenceOf } from '../../platform/i18n/not-done.js';
import type { OutboxAnswer } from '../../platform/outbox/outbox.js';
import type { Sentence } from '../../platform/screen.js';
import { stay, type GridMessage, type Next } from './grid.messages.js';
import { typedOver, type Conflict, type GridState, type Rejected, type Row } from './grid.state.js';
import { mapRows, rowOf, withRow } from './rows.js';

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
  const why: Sentence = { id: 'mark-entry.not-kept', values: { reason } };
  const next = mapRows(state, (row) => {
    const found = row.pending.findLast((one) => lost.has(one.commandId));
    if (found === undefined) return row;
    const pending = row.pending.filter((one) => !lost.has(one.commandId));
    return { ...row, pending, rejected: typedOver(row, found.mark, why) };
  });
  return stay(next, { type: 'bell' }, { type: 'say', sentence: why, as: 'error' });
}

export function answered(state: GridState, answer: OutboxAnswer): Next {
  const index = rowOf(state, answer.candidate);
  const row = state.rows[index];
  if (row === undefined) return elsewhere(state, answer);
  if ('recorded' in answer) return stay(withRow(state, index, recorded(row, answer.commandId, answer.recorded)));
  const { refused, commandId, candidate, mark } = answer;
  const refusedRow = refusedRowOf(row, answer);
  const next: GridState = { ...withRow(state, index, refusedRow), isStale: true };
  if (refused.type === 'reallocated') return toHandOver(next, answer);
  // A later value of this candidate is on its way: its own answer is the one to be shown.
  if (row.pending.some((one) => one.commandId !== commandId)) return stay(next);
  const isConflict = refusedRow.conflict !== undefined;
  const sentence: Sentence = isConflict
    ? { id: 'mark-entry.conflict', values: { candidate } }
    : { id: 'mark-entry.rejected', values: { candidate, typed: mark } };
  return stay(next, { type: 'bell' }, { type: 'say', sentence, as: isConflict ? 'conflict' : 'error' });
}

/** A candidate without a row here: reallocated before the sheet was opened, or the sheet has not been read yet. */
function elsewhere(state: GridState, answer: OutboxAnswer): Next {
  return 'refused' in answer ? toHandOver(state, answer) : stay({ ...state, isStale: true });
}

function toHandOver(state: GridState, { commandId, candidate, mark }: OutboxAnswer): Next {
  const others = state.handOver.filter((one) => one.commandId !== commandId);
  const handOver = [...others, { commandId, candidate, typed: mark }];
  const sentence: Sentence = { id: 'mark-entry.hand-over.waiting', values: { count: handOver.length } };
  return stay({ ...state, handOver }, { type: 'bell' }, { type: 'say', sentence, as: 'error' });
}

/** A later value that stands takes the place of earlier ones that the service refused. */
function recorded(row: Row, commandId: string, { mark, revision, recordedAt }: MarkEntered): Partial<Row> {
  const sent = row.pending.find((one) => one.commandId === commandId);
  const pending = row.pending.filter((one) => one !== sent);
  const rejected = row.rejected === undefined || row.rejected.isByService ? undefined : { ...row.rejected, below: undefined };
  const settled = { pending, rejected, conflict: undefined, refusedIds: [] };
  if (revision < row.saved.revision) return settled;
  const saved: SheetCandidate = {
    ...row.saved,
    mark,
    revision,
    state: mark === null ? 'blank' : 'entered',
    savedAt: mark === null ? null : (recordedAt ?? row.saved.savedAt),
    confirmed: sent?.confirmed ?? true,
    verified: false,
  };
  return { ...settled, saved };
}

interface Refused {
  readonly commandId: string;
  readonly mark: string;
  readonly refused: ApiProblem;
}

/** The row after a refusal: `!` with what was typed, or `#` with what was typed over what stands now. */
export function refusedRowOf(row: Row, { commandId, mark, refused }: Refused): Row {
  const pending = row.pending.filter((one) => one.commandId !== commandId);
  const refusedIds = row.refusedIds.includes(commandId) ? row.refusedIds : [...row.refusedIds, commandId];
  const next: Row = { ...row, pending, refusedIds };
  const conflict = conflictOf(mark, refused);
  if (conflict !== undefined) return { ...next, saved: standing(row.saved, conflict), conflict: conflict.conflict };
  if (pending.length > 0) return next;
  const rejected: Rejected = { typed: mark, why: sentenceOf({ kind: 'problem', problem: refused }), isByService: true };
  // What was typed since and not taken stays on top.
  return { ...next, rejected: row.rejected === undefined || row.rejected.isByService ? rejected : { ...row.rejected, below: rejected } };
}

type Standing = { readonly conflict: Conflict; readonly mark: SheetCandidate['mark']; readonly revision: number };

function conflictOf(mine: string, refused: ApiProblem): Standing | undefined {
  if (refused.type !== 'changed-elsewhere') return undefined;
  const { mark = null, revision = 0, by = '', at = '' } = refused as ApiProblem & Partial<Omit<Standing, 'conflict'> & Conflict>;
  return { conflict: { mine, by, at }, mark, revision };
}

function standing(saved: SheetCandidate, { mark, revision, conflict }: Standing): SheetCandidate {
  if (revision <= saved.revision) return saved;
  return { ...saved, mark, revision, savedAt: conflict.at || null, state: mark === null ? 'blank' : 'entered', verified: false };
}
