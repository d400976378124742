import type { ApiProblem } from '../../platform/api/result.js';
import { sentenceOf } from '../../platform/i18n/not-done.js';
import type { Sentence, Services } from '../../platform/screen.js';
import { harmless, whyNotAMark } from './committing.js';
import { sheetOf, stay, warn, type Next } from './grid.messages.js';
import { refusalOf, rowAt, typedOver, type GridState, type Row, type Verification } from './grid.state.js';
import { find } from './moving.js';
import { rowOf, withRow } from './rows.js';

/** Blind second entry: the first value is hidden, only a difference needs a decision. It needs the service at once. */

export const awaitsSecond = (row: Row): boolean =>
  row.saved.state === 'entered' && !row.saved.verified && row.pending.length === 0 && row.verification === undefined;

export const differs = (row: Row): boolean => row.verification?.kind === 'differs';

export function toggleBlind(state: GridState): Next {
  if (state.isBlind) return endBlind(state);
  const row = rowAt(state);
  const first = row !== undefined && awaitsSecond(row) ? state : find(state, awaitsSecond);
  if (first === undefined) return warn(state, { id: 'mark-entry.verify.nothing' });
  return stay({ ...first, isBlind: true }, { type: 'say', sentence: { id: 'mark-entry.verify.begun' } });
}

export function endBlind(state: GridState): Next {
  const next: GridState = { ...state, cell: undefined, isBlind: false };
  return stay(state.rows.some(differs) ? { ...next, mode: { kind: 'differences', selected: 0 } } : next);
}

/** The second value goes to the service, which alone compares. Like any other, one that is no mark stays on its row. */
export function askSecond(state: GridState, typed: string, services: Services): Next {
  const row = rowAt(state);
  if (row === undefined || row.saved.state !== 'entered' || row.pending.length > 0) {
    return warn(state, { id: 'mark-entry.verify.not-entered' });
  }
  const { candidate } = row.saved;
  const why = typed === 'CLEAR' ? MALFORMED : whyNotAMark(state, row, typed);
  if (why === undefined) return ask(state, { candidate, second: typed }, services);
  const shown = typed === 'CLEAR' ? '' : harmless(typed);
  const next = withRow(state, rowOf(state, candidate), { rejected: typedOver(row, shown, why) });
  return warn(next, { id: 'mark-entry.rejected', values: { candidate, typed: shown } });
}

const MALFORMED: Sentence = { id: 'mark-entry.malformed', values: { typed: '' } };

/** The person has looked at the paper again: the first stands, or the second. */
export function decide(state: GridState, candidate: string, keep: 'first' | 'second', services: Services): Next {
  const row = state.rows[rowOf(state, candidate)];
  if (row?.verification?.kind !== 'differs') return stay(state);
  return ask(state, { candidate, second: row.verification.second, keep }, services);
}

interface Second {
  readonly candidate: string;
  readonly second: string;
  readonly keep?: 'first' | 'second';
}

function ask(state: GridState, { candidate, second, keep }: Second, services: Services): Next {
  const index = rowOf(state, candidate);
  const row = state.rows[index] as Row;
  const verification: Verification = { kind: 'asking', second, isDecision: keep !== undefined };
  return stay(withRow(state, index, { verification, rejected: refusalOf(row) }), {
    type: 'mark-entry/verify',
    ...sheetOf(state),
    candidate,
    mark: second,
    ...(keep !== undefined && { keep }),
    expect: row.saved.revision,
    commandId: services.newId(),
  });
}

export function verified(state: GridState, candidate: string, mark: string, problem: ApiProblem | undefined): Next {
  const index = rowOf(state, candidate);
  const verification = state.rows[index]?.verification;
  if (verification === undefined) return stay(state);
  if (problem === undefined) return stay({ ...withRow(state, index, { verification: { kind: 'same' } }), isStale: true });
  const differing: Verification = { kind: 'differs', second: mark };
  if (problem.type === 'verification-differs') return stay(withRow(state, index, { verification: differing }), { type: 'bell' });
  // A decision that did not arrive is still to be taken; a second entry that did not is still to be made.
  const isDecision = verification.kind === 'asking' && verification.isDecision;
  const next = withRow(state, index, { verification: isDecision ? differing : undefined });
  return warn({ ...next, isStale: true }, sentenceOf({ kind: 'problem', problem }));
}
