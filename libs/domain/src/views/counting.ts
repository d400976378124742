/** How an event moves the counts of an examiner: the arithmetic that every count on a screen shares. */
import type { AccountId, CandidateState } from '../mark-sheet/events.js';
import type { Counts } from '../mark-sheet/state.js';
import type { PortalEvent } from '../streams.js';

export const COUNTED = [
  'MarkSheetAllocated',
  'MarkEntered',
  'AbsenceRecorded',
  'MarkCleared',
  'ScriptNotReceived',
  'ScriptReceived',
  'CandidateWithdrawn',
  'MarksSubmitted',
  'MarkSheetReallocated',
] as const satisfies readonly PortalEvent['type'][];

export const NO_COUNTS: Counts = { allocated: 0, left: 0, outstanding: 0, entered: 0, submitted: 0 };

/** Whose counts the event moves. A correction moves none. */
export function countedExaminers(event: PortalEvent): readonly AccountId[] {
  switch (event.type) {
    case 'MarkEntered':
    case 'MarkCleared':
    case 'ScriptNotReceived':
    case 'ScriptReceived':
    case 'CandidateWithdrawn':
      return [event.data.examiner];
    case 'AbsenceRecorded':
      return event.data.from === undefined ? [event.data.examiner] : [];
    case 'MarkSheetAllocated':
    case 'MarksSubmitted':
      return event.data.candidates.length === 0 ? [] : [event.data.examiner];
    case 'MarkSheetReallocated':
      return event.data.from === event.data.to ? [] : [event.data.from, event.data.to];
    default:
      return [];
  }
}

/** The counts of `examiner` after the event, which is one of theirs. */
export function counted(before: Counts, event: PortalEvent, examiner: AccountId): Counts {
  switch (event.type) {
    case 'MarkSheetAllocated':
      return moved(before, undefined, 'blank', event.data.candidates.length);
    case 'MarkEntered':
    case 'AbsenceRecorded':
      return moved(before, 'blank', 'entered', 1);
    case 'MarkCleared':
      return moved(before, 'entered', 'blank', 1);
    case 'ScriptNotReceived':
      return moved(before, 'blank', 'outstanding', 1);
    case 'ScriptReceived':
      return moved(before, 'outstanding', 'blank', 1);
    case 'CandidateWithdrawn':
      return moved(before, event.data.state, undefined, 1);
    case 'MarksSubmitted':
      return moved(before, 'entered', 'submitted', event.data.candidates.length);
    case 'MarkSheetReallocated':
      return reallocated(before, event.data, event.data.from === examiner);
    default:
      return before;
  }
}

export function isNothing(counts: Counts): boolean {
  return (
    counts.allocated === 0 &&
    counts.left === 0 &&
    counts.outstanding === 0 &&
    counts.entered === 0 &&
    counts.submitted === 0
  );
}

/** `from` absent: newly allocated; `to` absent: gone from the allocated. */
function moved(
  before: Counts,
  from: CandidateState | undefined,
  to: CandidateState | undefined,
  by: number,
): Counts {
  const counts = {
    allocated: before.allocated,
    left: before.left,
    outstanding: before.outstanding,
    entered: before.entered,
    submitted: before.submitted,
  };
  if (from === undefined) counts.allocated += by;
  else counts[from === 'blank' ? 'left' : from] -= by;
  if (to === undefined) counts.allocated -= by;
  else counts[to === 'blank' ? 'left' : to] += by;
  return counts;
}

function reallocated(
  before: Counts,
  { candidates }: { readonly candidates: readonly { readonly state: 'blank' | 'outstanding' }[] },
  gone: boolean,
): Counts {
  const outstanding = candidates.filter(({ state }) => state === 'outstanding').length;
  const blank = candidates.length - outstanding;
  return gone
    ? moved(moved(before, 'blank', undefined, blank), 'outstanding', undefined, outstanding)
    : moved(moved(before, undefined, 'blank', blank), undefined, 'outstanding', outstanding);
}
