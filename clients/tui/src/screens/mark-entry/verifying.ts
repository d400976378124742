import type { Services } from '../../platform/screen.js';
import type { ApiProblem } from '../../platform/api/result.js';
import { sentenceOf } from '../../platform/i18n/not-done.js';
import { sheetOf, stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, rowAt, rowOf, withRow, type GridState, type Row } from './grid.state.js';
import { advance, find } from './moving.js';
import { whyNotAMark } from './committing.js';

/** Blind second entry: the first value is hidden, only a difference needs a decision. It needs the service at once. */

export const awaitsSecond = (row: Row): boolean =>
  row.saved.state === 'entered' && !row.saved.verified && row.pending.length === 0 && row.verification === undefined;

export const differs = (row: Row): boolean => row.verification?.kind === 'differs';

export function beginVerifying(state: GridState): Next {
  if (state.mode.kind === 'verify') return endVerifying(state);
  const first = state.rows.some(awaitsSecond) ? (awaitsSecond(rowAt(state) ?? emptyRow) ? state : find(state, awaitsSecond)) : undefined;
  if (first === undefined) return warn(state, { id: 'mark-entry.verify.nothing' });
  return stay({ ...first, mode: { kind: 'verify' } }, { type: 'say', sentence: { id: 'mark-entry.verify.begun' } });
}

const emptyRow = { saved: { state: 'blank' }, pending: [] } as unknown as Row;

export function endVerifying(state: GridState): Next {
  const next: GridState = { ...state, cell: undefined, mode: { kind: 'marks' } };
  return state.rows.some(differs) ? stay({ ...next, mode: { kind: 'differences', selected: 0 } }) : stay(next);
}

/** Enter in blind mode: the second value goes to the service, which alone compares. */
export function commitSecond(state: GridState, services: Services): Next {
  const row = rowAt(state);
  const { cell } = state;
  if (row === undefined || cell === undefined) return stay(find(state, awaitsSecond) ?? advance(state));
  return askSecond(state, cell.text, services);
}

export function askSecond(state: GridState, typed: string, services: Services): Next {
  const row = rowAt(state);
  if (row === undefined || isLocked(row) || isOutstanding(row) || row.saved.state !== 'entered') {
    return warn({ ...state, cell: undefined }, { id: 'mark-entry.verify.not-entered' });
  }
  const why = whyNotAMark(state, row, typed);
  if (why !== undefined || typed === 'CLEAR') return warn({ ...state, cell: undefined }, why ?? { id: 'mark-entry.malformed', values: { typed } });
  const index = rowOf(state, row.saved.candidate);
  const asked = withRow(state, index, { verification: { kind: 'asking', second: typed } });
  return stay(advance(asked), {
    type: 'mark-entry/verify',
    ...sheetOf(state),
    candidate: row.saved.candidate,
    mark: typed,
    expect: row.saved.revision,
    commandId: services.newId(),
  });
}

/** The person has looked at the paper again: the first stands, or the second. */
export function decide(state: GridState, candidate: string, keep: 'first' | 'second', services: Services): Next {
  const index = rowOf(state, candidate);
  const row = state.rows[index];
  if (row?.verification?.kind !== 'differs') return stay(state);
  const { second } = row.verification;
  return stay(withRow(state, index, { verification: { kind: 'asking', second } }), {
    type: 'mark-entry/verify',
    ...sheetOf(state),
    candidate,
    mark: second,
    keep,
    expect: row.saved.revision,
    commandId: services.newId(),
  });
}

export function verified(state: GridState, candidate: string, mark: string, problem: ApiProblem | undefined): Next {
  const index = rowOf(state, candidate);
  if (index < 0) return stay(state);
  if (problem === undefined) {
    const next = withRow(state, index, { verification: { kind: 'same' } });
    return stay({ ...next, isStale: true });
  }
  if (problem.type === 'verification-differs') {
    return stay(withRow(state, index, { verification: { kind: 'differs', second: mark } }), { type: 'bell' });
  }
  const sentence = sentenceOf({ kind: 'problem', problem });
  return warn(withRow(state, index, { verification: undefined }), sentence);
}
