import { isExtreme, parseMark } from '@portal/domain';
import type { TypedMark } from '../../platform/outbox/outbox.js';
import type { Sentence, Services } from '../../platform/screen.js';
import { sheetOf, stay, type GridEffect, type Next } from './grid.messages.js';
import {
  isLocked, isOutstanding, SCALE, totalsOf, valueOf, withRow,
  type Group, type GridState, type Row,
} from './grid.state.js';

/** A value leaves the cell: either it is a mark and goes to the journal, or it stays on its row as `!`, recorded nowhere. */

export interface Entry {
  /** In `rows`. */
  readonly index: number;
  readonly typed: string;
  /** What the person saw; the row's own revision where absent. */
  readonly expect?: number;
}

/** Why this is no mark here; undefined where it is one. */
export function whyNotAMark(state: GridState, row: Row, typed: string): Sentence | undefined {
  if (isLocked(row)) return { id: 'mark-entry.locked' };
  if (isOutstanding(row)) return { id: 'mark-entry.outstanding' };
  const answer = parseMark(typed, SCALE(state));
  if ('parsed' in answer) return undefined;
  const { refused } = answer;
  if (refused.reason === 'MarkOutOfRange') return { id: 'mark-entry.over', values: { typed, maximum: refused.maximum } };
  return { id: refused.reason === 'MarkNotHalf' ? 'mark-entry.not-half' : 'mark-entry.malformed', values: { typed } };
}

/** Takes what was typed on one row. The cursor is moved by the caller, whatever becomes of it. */
export function commitTyped(state: GridState, entry: Entry, services: Services): Next {
  const row = state.rows[entry.index] as Row;
  const why = whyNotAMark(state, row, entry.typed);
  if (why !== undefined) return reject(state, entry, why);
  const next = commit(state, [entry], services);
  const warning = warningOf(state, row, entry.typed);
  return warning === undefined ? next : { ...next, effects: [...next.effects, { type: 'say', sentence: warning, as: 'warning' }] };
}

function reject(state: GridState, { index, typed }: Entry, why: Sentence): Next {
  const rejected = { typed, why, commandId: undefined, isReallocated: false };
  const candidate = (state.rows[index] as Row).saved.candidate;
  const said: Sentence = { id: 'mark-entry.rejected', values: { candidate, typed } };
  return stay(withRow(state, index, { rejected }), { type: 'bell' }, { type: 'say', sentence: said, as: 'error' });
}

/** Marks that are marks, as one step of undo. Whatever stands already is not sent. */
export function commit(state: GridState, entries: readonly Entry[], services: Services, kind: 'new' | 'undo' | 'redo' = 'new'): Next {
  let next = state;
  const marks: TypedMark[] = [];
  const group: Group[number][] = [];
  const settled: string[] = [];
  const before = new Map(state.before);
  for (const { index, typed, expect } of entries) {
    const row = next.rows[index] as Row;
    const { candidate, mark } = row.saved;
    if (row.rejected?.commandId !== undefined) settled.push(row.rejected.commandId);
    if (row.conflict !== undefined) settled.push(row.conflict.commandId);
    const from = valueOf(row);
    if (from === typed && row.conflict === undefined) {
      next = withRow(next, index, { rejected: undefined });
      continue;
    }
    const sent = typedMark(next, row, { typed, expect }, services);
    const pending = [...row.pending, { commandId: sent.commandId, mark: typed, confirmed: sent.confirmed, isKept: false }];
    next = withRow(next, index, { pending, rejected: undefined, conflict: undefined, verification: undefined });
    marks.push(sent);
    group.push({ candidate, from, to: typed });
    if (!before.has(candidate)) before.set(candidate, mark);
  }
  const effects: GridEffect[] = [];
  if (marks.length > 0) effects.push({ type: 'mark-entry/commit', ...sheetOf(state), marks });
  if (settled.length > 0) effects.push({ type: 'mark-entry/dismiss', ...sheetOf(state), commandIds: settled });
  const lastTyped = kind === 'new' ? (entries.at(-1)?.typed ?? state.lastTyped) : state.lastTyped;
  return stay({ ...next, before, lastTyped, ...steps(state, group, kind) }, ...effects);
}

function typedMark(
  state: GridState,
  { saved }: Row,
  { typed, expect = saved.revision }: { readonly typed: string; readonly expect: number | undefined },
  { now, newId }: Services,
): TypedMark {
  const value = typed === 'ABS' || typed === 'CLEAR' ? typed : Number(typed);
  const extreme = value !== 'CLEAR' && isExtreme(value, state.maximum);
  return {
    commandId: newId(),
    candidate: saved.candidate,
    mark: typed,
    expect,
    enteredAt: new Date(now).toISOString(),
    ...(extreme && { confirmed: false }),
  };
}

function steps(state: GridState, group: Group, kind: 'new' | 'undo' | 'redo'): Pick<GridState, 'undo' | 'redo'> {
  const { undo, redo } = state;
  if (kind === 'undo') return { undo: undo.slice(0, -1), redo: [...redo, undo.at(-1) as Group] };
  if (kind === 'redo') return { undo: [...undo, redo.at(-1) as Group], redo: redo.slice(0, -1) };
  return group.length === 0 ? { undo, redo } : { undo: [...undo, group], redo: [] };
}

/** Puts back what stood before the last step, or does it again: as new events, for the log forgets nothing. */
export function step(state: GridState, kind: 'undo' | 'redo', services: Services): Next {
  const group = (kind === 'undo' ? state.undo : state.redo).at(-1);
  if (group === undefined) return stay(state);
  const entries = group.flatMap(({ candidate, from, to }): Entry[] => {
    const index = state.rows.findIndex((row) => row.saved.candidate === candidate);
    const row = state.rows[index];
    return row === undefined || isLocked(row) || isOutstanding(row) ? [] : [{ index, typed: kind === 'undo' ? from : to }];
  });
  const next = commit(state, entries, services, kind);
  const at = next.state.shown.indexOf(entries[0]?.index ?? -1);
  const sentence: Sentence = { id: kind === 'undo' ? 'mark-entry.undone' : 'mark-entry.redone', values: { count: entries.length } };
  return { state: { ...next.state, cursor: at < 0 ? next.state.cursor : at }, effects: [...next.effects, { type: 'say', sentence }] };
}

/** Zero and full marks are listed and confirmed before submission; a mark far from the others is only pointed out. */
function warningOf(state: GridState, row: Row, typed: string): Sentence | undefined {
  if (typed === 'ABS' || typed === 'CLEAR') return undefined;
  const { candidate } = row.saved;
  const mark = Number(typed);
  if (isExtreme(mark, state.maximum)) return { id: 'mark-entry.extreme', values: { candidate, mark } };
  const { marked, total } = totalsOf(state.rows);
  if (marked < ENOUGH_TO_COMPARE) return undefined;
  const mean = total / marked;
  const deviation = Math.sqrt(squares(state.rows) / marked - mean * mean);
  if (deviation === 0 || Math.abs(mark - mean) <= 3 * deviation) return undefined;
  return { id: 'mark-entry.outlier', values: { candidate, mark, mean: Math.round(mean) } };
}

const ENOUGH_TO_COMPARE = 10;

function squares(rows: readonly Row[]): number {
  let sum = 0;
  for (const row of rows) {
    const value = valueOf(row);
    if (value !== 'ABS' && value !== 'CLEAR') sum += Number(value) ** 2;
  }
  return sum;
}
