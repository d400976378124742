import { copyFileSync, readFileSync } from 'node:fs';
import { apply, emptyState, fromLines, type Entry, type JournalMark, type JournalState } from './entries.js';

/** Reads what dead processes left as one state: each file in its own order, files among each other by typing time. */
export function foldOrphans(paths: readonly string[]): JournalState {
  const states = paths.map(readOne);
  const merged = emptyState();
  for (const state of states) {
    for (const [candidate, revision] of state.acknowledged) {
      const other = merged.acknowledged.get(candidate) ?? -1;
      merged.acknowledged.set(candidate, Math.max(other, revision));
    }
    for (const [candidate, one] of state.aside) {
      if (one.at >= (merged.aside.get(candidate)?.at ?? '')) merged.aside.set(candidate, one);
    }
    for (const [commandId, refused] of state.refused) merged.refused.set(commandId, refused);
  }
  for (const mark of mergeByTime(states.map(state => [...state.unanswered.values()]))) {
    merged.unanswered.set(mark.commandId, mark);
  }
  return merged;
}

function readOne(path: string): JournalState {
  const { entries, damaged } = fromLines(readFileSync(path, 'utf8'));
  // What cannot be read is kept for a person to look at; the rest goes on.
  if (damaged > 0) copyFileSync(path, `${path}.damaged`);
  const state = emptyState();
  entries.forEach((entry: Entry) => apply(state, entry));
  return state;
}

/** Takes the earliest head again and again: no file's own order is ever changed, whatever the clocks said. */
function mergeByTime(queues: readonly JournalMark[][]): readonly JournalMark[] {
  const merged: JournalMark[] = [];
  for (;;) {
    const filled = queues.filter(queue => queue.length > 0);
    const next = filled.sort((a, b) => (a[0]!.enteredAt < b[0]!.enteredAt ? -1 : 1))[0];
    if (next === undefined) return merged;
    merged.push(next.shift()!);
  }
}
