import type { Sentence, Services } from '../../platform/screen.js';
import { commit, type Entry } from './committing.js';
import { stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, refusalOf, typedForm, valueOf, type Group, type GridState, type Row } from './grid.state.js';
import { toIndex } from './moving.js';
import { mapRows, rowOf, withRows } from './rows.js';

/** Puts back what stood before the last step, or does it again: as new events, for the log forgets nothing. */
export function step(state: GridState, kind: 'undo' | 'redo', services: Services): Next {
  const group = (kind === 'undo' ? state.undo : state.redo).at(-1);
  if (group === undefined) return stay(state);
  const known = group.filter(({ candidate }) => rowOf(state, candidate) >= 0);
  const open = known.filter((one) => stillStands(state.rows[rowOf(state, one.candidate)] as Row, one));
  const entries = open
    .filter(({ isTaken }) => isTaken || kind === 'redo')
    .map(({ candidate, from, to }): Entry => ({ index: rowOf(state, candidate), typed: kind === 'undo' ? from : to }));
  const { state: next, effects } = commit(kind === 'undo' ? forget(state, open) : state, entries, services, kind);
  const at = toIndex(next, rowOf(state, group[0]?.candidate ?? ''));
  if (open.length < group.length) {
    const left = warn(at, { id: 'mark-entry.not-undone', values: { count: group.length - open.length } });
    return stay(left.state, ...effects, ...left.effects);
  }
  const sentence: Sentence = { id: kind === 'undo' ? 'mark-entry.undone' : 'mark-entry.redone', values: { count: group.length } };
  return stay(at, ...effects, { type: 'say', sentence });
}

/** Everything that this person changed since the sheet was opened, as one step of undo; what is locked stays. */
export function clearAll(state: GridState, services: Services): Next {
  const entries = changedHere(state);
  const plain = mapRows(state, (row) => (row.rejected === refusalOf(row) ? row : { ...row, rejected: refusalOf(row) }));
  const { state: next, effects } = commit(plain, entries, services);
  return stay(next, ...effects, { type: 'say', sentence: { id: 'mark-entry.cleared', values: { count: entries.length } } });
}

export function changedHere({ rows }: GridState): readonly Entry[] {
  return rows.flatMap((row, index) => {
    if (row.before === undefined || isLocked(row) || isOutstanding(row)) return [];
    const typed = typedForm(row.before);
    return valueOf(row) === typed ? [] : [{ index, typed }];
  });
}

/** Where somebody else has put a third value since, undo is not a wish to overwrite it. */
function stillStands(row: Row, { from, to, isTaken }: Group[number]): boolean {
  if (!isTaken) return true;
  if (isLocked(row) || isOutstanding(row)) return false;
  const value = valueOf(row);
  return value === to || value === from;
}

/** Takes back what was typed and not taken. */
function forget(state: GridState, group: Group): GridState {
  const changes = new Map<number, Row>();
  for (const { candidate, isTaken } of group) {
    const index = rowOf(state, candidate);
    const row = state.rows[index] as Row;
    if (!isTaken && row.rejected?.isByService === false) changes.set(index, { ...row, rejected: refusalOf(row) });
  }
  return withRows(state, changes);
}
