import type { Services } from '../../platform/screen.js';
import { commit, whyNotAMark, type Entry } from './committing.js';
import { stay, warn, type Next } from './grid.messages.js';
import { withRow, type GridState, type PasteItem, type Row } from './grid.state.js';
import { to } from './moving.js';

/** A column pasted onto the grid: shown first, then taken as one step of undo. An empty line leaves its row alone. */

export function preview(state: GridState, text: string): Next {
  if (state.cell !== undefined) return warn(state, { id: 'mark-entry.why.typing' });
  const lines = text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  const free = state.shown.slice(state.cursor);
  const items = lines.slice(0, free.length).flatMap((line, offset): PasteItem[] => {
    const index = free[offset] as number;
    const row = state.rows[index] as Row;
    if (line === '') return [];
    return [{ index, candidate: row.saved.candidate, text: line, why: whyNotAMark(state, row, line) }];
  });
  if (items.length === 0) return warn(state, { id: 'mark-entry.paste.nothing' });
  return stay({ ...state, mode: { kind: 'paste', items, beyond: Math.max(0, lines.length - free.length), top: 0 } });
}

export function take(state: GridState, items: readonly PasteItem[], services: Services): Next {
  const good = items.filter((item) => item.why === undefined);
  const entries = good.map(({ index, text }): Entry => ({ index, typed: text }));
  let next = commit({ ...state, mode: { kind: 'marks' } }, entries, services);
  for (const { index, text, why } of items) {
    if (why === undefined) continue;
    const rejected = { typed: text.slice(0, 16), why, commandId: undefined, isReallocated: false };
    next = { ...next, state: withRow(next.state, index, { rejected }) };
  }
  const last = items.at(-1)?.index ?? 0;
  const cursor = next.state.shown.indexOf(last) + 1;
  const sentence = { id: 'mark-entry.paste.taken', values: { count: good.length, refused: items.length - good.length } } as const;
  return { state: to(next.state, cursor), effects: [...next.effects, { type: 'say', sentence }] };
}
