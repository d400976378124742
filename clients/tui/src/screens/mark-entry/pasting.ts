import type { Services } from '../../platform/screen.js';
import { commit, whyNotAMark, type Entry } from './committing.js';
import { stay, warn, type Next } from './grid.messages.js';
import { isLocked, isOutstanding, type GridState, type PasteItem, type Row } from './grid.state.js';
import { to } from './moving.js';
import { rowOf } from './rows.js';

/** A column pasted onto the grid: shown first, then taken as one step of undo. An empty line leaves its row alone. */

export function preview(state: GridState, text: string): Next {
  if (state.cell !== undefined) return warn(state, { id: 'mark-entry.why.typing' });
  if (state.isBlind) return warn(state, { id: 'mark-entry.why.blind' });
  const lines = text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  const free = state.shown.slice(state.cursor);
  const items = lines.slice(0, free.length).flatMap((line, offset): PasteItem[] => {
    const row = state.rows[free[offset] as number] as Row;
    const { candidate, revision } = row.saved;
    return line === '' ? [] : [{ candidate, text: line, expect: revision, why: whyNotAMark(state, row, line) }];
  });
  if (items.length === 0) return warn(state, { id: 'mark-entry.paste.nothing' });
  return stay({ ...state, mode: { kind: 'paste', items, beyond: Math.max(0, lines.length - free.length), top: 0 } });
}

/** What is no mark stays on its row as `!`; a row that is locked, or became so under the preview, is left alone. */
export function take(state: GridState, items: readonly PasteItem[], services: Services): Next {
  const entries = items.flatMap(({ candidate, text, expect }): Entry[] => {
    const index = rowOf(state, candidate);
    const row = state.rows[index];
    return row === undefined || isLocked(row) || isOutstanding(row) ? [] : [{ index, typed: text, expect }];
  });
  const { state: next, effects, refusals } = commit({ ...state, mode: { kind: 'marks' } }, entries, services);
  const cursor = next.shown.indexOf(rowOf(next, items.at(-1)?.candidate ?? '')) + 1;
  const count = entries.length - refusals.length;
  return stay(to(next, cursor), ...effects, {
    type: 'say',
    sentence: { id: 'mark-entry.paste.taken', values: { count, refused: items.length - count } },
  });
}
