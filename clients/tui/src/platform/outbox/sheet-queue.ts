import type { MarkAnswer } from '@portal/contract';
import { isPassing, type ApiProblem } from '../api/result.js';
import type { JournalAnswer, JournalMark } from '../journal/entries.js';
import type { Journal } from '../journal/journal.js';
import { elapsedMs, readClock } from '../journal/steady-clock.js';
import type { OutboxAnswer, OutboxRow, OutboxSheet } from './outbox.js';

/** The queue of one sheet, standing on its journal: what to send next, and what an answer settles. */
export interface SheetQueue extends OutboxSheet {
  readonly count: () => number;
  readonly inFlight: () => number;
  /** The next rows, in order, one per candidate; empty where nothing waits. They are in flight until settled. */
  readonly take: () => readonly OutboxRow[];
  /** Settles rows in flight by their answers; what has none goes back in the queue. */
  readonly settle: (rows: readonly OutboxRow[], answers: readonly MarkAnswer[]) => Settled;
  readonly close: () => Promise<void>;
}

export interface Settled {
  readonly answers: readonly OutboxAnswer[];
  /** Why some rows must be sent again; undefined where all are settled. */
  readonly again: string | undefined;
  /** Resolves when the journal holds the answers. */
  readonly noted: Promise<void>;
}

const ROWS_PER_BATCH = 100;

interface SheetOptions {
  readonly component: string;
  readonly centre: string;
  readonly journal: Journal;
  readonly onQueued: () => void;
}

export function createSheet({ component, centre, journal, onQueued }: SheetOptions): SheetQueue {
  // The journal is told of answers a moment after they are acted upon: `waiting` is what is true now.
  const waiting = new Map<string, JournalMark>(journal.unanswered().map(mark => [mark.commandId, mark]));
  const revisions = new Map<string, number>();
  let flying = new Set<string>();

  const settleOne = (row: OutboxRow, answer: MarkAnswer | undefined): OutboxAnswer | ApiProblem | undefined => {
    const mark = waiting.get(row.commandId);
    if (mark === undefined || answer === undefined) return undefined;
    if ('refused' in answer && isPassing(answer.refused)) return answer.refused;
    waiting.delete(row.commandId);
    if ('recorded' in answer) revisions.set(mark.candidate, answer.recorded.revision);
    const about = { component, centre, candidate: mark.candidate, commandId: mark.commandId, mark: mark.mark };
    return 'recorded' in answer ? { ...about, recorded: answer.recorded } : { ...about, refused: answer.refused };
  };
  return {
    component,
    centre,
    commit: async marks => {
      const clock = readClock();
      const timed = marks.map(mark => ({ ...mark, clock }));
      await journal.commit(timed);
      for (const mark of timed) waiting.set(mark.commandId, mark);
      onQueued();
    },
    queued: () => [...waiting.values()],
    refused: journal.refused,
    setAside: journal.setAside,
    aside: journal.aside,
    dismiss: journal.dismiss,
    count: () => waiting.size,
    inFlight: () => flying.size,
    take: () => {
      const rows = nextRows([...waiting.values()], candidate => revisions.get(candidate) ?? journal.acknowledged(candidate));
      flying = new Set(rows.map(row => row.commandId));
      return rows;
    },
    settle: (rows, answers) => {
      flying = new Set();
      const outcomes = rows.map((row, index) => settleOne(row, answers[index]));
      const settled = outcomes.filter((one): one is OutboxAnswer => one !== undefined && 'commandId' in one);
      const again = outcomes.find((one): one is ApiProblem => one !== undefined && !('commandId' in one));
      const missing = settled.length < rows.length;
      return {
        answers: settled,
        again: again?.type ?? (missing ? 'unavailable' : undefined),
        noted: settled.length > 0 ? journal.answer(settled.map(forJournal)) : Promise.resolve(),
      };
    },
    close: journal.close,
  };
}

/** Later marks of a candidate wait for the earlier one's answer: only then is their `expect` known. */
function nextRows(waiting: readonly JournalMark[], acknowledged: (candidate: string) => number | undefined): readonly OutboxRow[] {
  const first = new Map<string, JournalMark>();
  for (const mark of waiting) {
    if (first.size === ROWS_PER_BATCH) break;
    if (!first.has(mark.candidate)) first.set(mark.candidate, mark);
  }
  const now = readClock();
  return [...first.values()].map(mark => {
    const revision = laterOf(mark.expect, acknowledged(mark.candidate));
    return {
      commandId: mark.commandId,
      candidate: mark.candidate,
      mark: mark.mark,
      ...(mark.confirmed !== undefined && { confirmed: mark.confirmed }),
      ...(revision !== undefined && { expect: revision }),
      ...(mark.capacity !== undefined && { capacity: mark.capacity }),
      enteredAt: mark.enteredAt,
      queuedMs: elapsedMs(mark.clock, now),
    };
  });
}

/** Revisions of one candidate only grow; a mark typed over one still under way expects that one's outcome. */
function laterOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function forJournal(answer: OutboxAnswer): JournalAnswer {
  const at = new Date().toISOString();
  return 'recorded' in answer
    ? { commandId: answer.commandId, at, recorded: { revision: answer.recorded.revision } }
    : { commandId: answer.commandId, at, refused: answer.refused };
}
