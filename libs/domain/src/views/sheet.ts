/** What does the grid of one examiner at one centre show? Folded from the sheet's own stream whenever it is asked. */
import { fold } from '../decider.js';
import type { Candidate } from '../mark-sheet/candidates.js';
import { allCandidates } from '../mark-sheet/candidates.js';
import type { CandidateState, MarkSheetEvent, Value } from '../mark-sheet/events.js';
import { inPoints } from '../mark.js';
import type { MarkSheet } from '../mark-sheet/state.js';
import { evolve, initial, scaleOf } from '../mark-sheet/state.js';
import type { TextReference } from '../text.js';
import type { Recorded } from './view.js';

export interface SheetRow {
  readonly candidate: string;
  readonly examiner: string;
  readonly state: CandidateState;
  /** In points; undefined where nothing is entered. */
  readonly mark: Value | undefined;
  /** When the present value was recorded; undefined where there is none. */
  readonly savedAt: string | undefined;
  readonly revision: number;
  readonly confirmed: boolean;
  readonly verified: boolean;
  readonly flagged: boolean;
  /** Why the script is outstanding. */
  readonly reason: TextReference | undefined;
}

export interface Sheet {
  /** Revision of the whole stream; −1 where there is none. */
  readonly revision: number;
  readonly component: string;
  readonly centre: string;
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  /** In the order of their numbers, without the withdrawn. */
  readonly rows: readonly SheetRow[];
}

/** All events of one mark-sheet stream; of one examiner's part, or of the whole centre. */
export function sheetOf(events: readonly Recorded[], examiner?: string): Sheet {
  const state = fold({ initial, evolve }, events as unknown as readonly MarkSheetEvent[]);
  const recordedAt = savedAt(events);
  const rows: SheetRow[] = [];
  for (const candidate of allCandidates(state.candidates)) {
    if (candidate.withdrawn || (examiner !== undefined && candidate.examiner !== examiner)) continue;
    rows.push(row(state, candidate, recordedAt.get(candidate.number)));
  }
  const { revision, component, centre } = state;
  return { revision, component, centre, ...scaleOf(state), rows };
}

function row(state: MarkSheet, candidate: Candidate, recordedAt: string | undefined): SheetRow {
  const { number, examiner, value, revision, confirmed, verified, flagged, reason } = candidate;
  return {
    candidate: number,
    examiner,
    state: candidate.state,
    mark: value === undefined ? undefined : inPoints(value, state.halfMarks),
    savedAt: value === undefined ? undefined : recordedAt,
    revision,
    confirmed,
    verified,
    flagged,
    reason,
  };
}

/** Time of the latest value of each candidate; submitting does not change a value. */
function savedAt(events: readonly Recorded[]): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const { type, data, metadata } of events) {
    if (type !== 'MarkEntered' && type !== 'MarkCorrected' && type !== 'AbsenceRecorded') continue;
    const { candidate } = data as { readonly candidate: string };
    times.set(candidate, (metadata as { readonly recordedAt: string }).recordedAt);
  }
  return times;
}
