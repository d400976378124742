import type { ApiProblem } from '../api/result.js';
import type { ClockReading } from './steady-clock.js';

/** A mark as the person typed it, kept on disk before anyone is told that it was taken. */
export interface JournalMark {
  /** A UUID; the same one whenever this mark is sent. */
  readonly commandId: string;
  readonly candidate: string;
  /** Character for character: digits, `ABS`, `CLEAR`. */
  readonly mark: string;
  readonly confirmed?: boolean;
  /** The candidate's revision on the screen when it was typed. */
  readonly expect?: number;
  /** In which it was typed, as a header; absent where the service's own choice is meant. */
  readonly capacity?: string;
  /** ISO 8601, this machine's clock. */
  readonly enteredAt: string;
  /** Steady time, from which the time in the queue is counted. */
  readonly clock: ClockReading;
}

export type JournalAnswer =
  | { readonly commandId: string; readonly at: string; readonly recorded: { readonly revision: number } }
  | { readonly commandId: string; readonly at: string; readonly refused: ApiProblem };

/** A mark that the service refused, kept until the person has dealt with it. */
export interface RefusedMark {
  readonly mark: JournalMark;
  readonly problem: ApiProblem;
  readonly at: string;
}

/** What was typed for a candidate and is no mark there: recorded nowhere, and kept so that it is not lost out of sight. */
export interface SetAside {
  readonly candidate: string;
  /** Null where something has taken its place since. */
  readonly typed: string | null;
}

export type Entry =
  | ({ readonly t: 'mark' } & JournalMark)
  | ({ readonly t: 'answer' } & JournalAnswer)
  | { readonly t: 'acknowledged'; readonly candidate: string; readonly revision: number }
  | { readonly t: 'dismissed'; readonly commandId: string }
  | ({ readonly t: 'aside'; readonly at: string } & SetAside);

/** What a journal says once read: what is still owed, what was refused, and where each candidate stood last. */
export interface JournalState {
  /** In the order of typing. */
  readonly unanswered: Map<string, JournalMark>;
  readonly refused: Map<string, RefusedMark>;
  readonly acknowledged: Map<string, number>;
  readonly aside: Map<string, { readonly typed: string; readonly at: string }>;
}

export function emptyState(): JournalState {
  return { unanswered: new Map(), refused: new Map(), acknowledged: new Map(), aside: new Map() };
}

/** Applies one entry in place. An answer to something unknown or answered before changes nothing. */
export function apply(state: JournalState, entry: Entry): void {
  if (entry.t === 'mark') {
    const { t: _, ...mark } = entry;
    state.unanswered.set(mark.commandId, mark);
  } else if (entry.t === 'answer') {
    applyAnswer(state, entry);
  } else if (entry.t === 'acknowledged') {
    state.acknowledged.set(entry.candidate, entry.revision);
  } else if (entry.t === 'aside') {
    if (entry.typed === null) state.aside.delete(entry.candidate);
    else state.aside.set(entry.candidate, { typed: entry.typed, at: entry.at });
  } else {
    state.refused.delete(entry.commandId);
  }
}

function applyAnswer(state: JournalState, answer: JournalAnswer): void {
  const mark = state.unanswered.get(answer.commandId);
  if (mark === undefined) return;
  state.unanswered.delete(answer.commandId);
  if ('refused' in answer) {
    state.refused.set(answer.commandId, { mark, problem: answer.refused, at: answer.at });
    return;
  }
  state.acknowledged.set(mark.candidate, answer.recorded.revision);
  // A later value that stands takes the place of an earlier one that did not.
  for (const [commandId, refused] of state.refused) {
    if (refused.mark.candidate === mark.candidate) state.refused.delete(commandId);
  }
}

/** The shortest entries that read back as this state. */
export function snapshot(state: JournalState): readonly Entry[] {
  const entries: Entry[] = [...state.acknowledged].map(one => ({ t: 'acknowledged', candidate: one[0], revision: one[1] }));
  for (const { mark, problem, at } of state.refused.values()) {
    entries.push({ t: 'mark', ...mark }, { t: 'answer', commandId: mark.commandId, at, refused: problem });
  }
  for (const mark of state.unanswered.values()) entries.push({ t: 'mark', ...mark });
  for (const [candidate, one] of state.aside) entries.push({ t: 'aside', candidate, ...one });
  return entries;
}

export function toLines(entries: readonly Entry[]): string {
  return entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
}

/**
 * Reads what a process left. A torn last line was never acknowledged to anyone and is dropped;
 * any other line that cannot be read is counted as damage, for the caller to keep the file aside.
 */
export function fromLines(text: string): { readonly entries: readonly Entry[]; readonly damaged: number } {
  const lines = text.split('\n');
  lines.pop();
  const entries = lines.map(readLine);
  const good = entries.filter(entry => entry !== undefined);
  return { entries: good, damaged: entries.length - good.length };
}

function readLine(line: string): Entry | undefined {
  try {
    const entry = JSON.parse(line) as Entry;
    return ['mark', 'answer', 'acknowledged', 'dismissed', 'aside'].includes(entry?.t) ? entry : undefined;
  } catch {
    return undefined;
  }
}
