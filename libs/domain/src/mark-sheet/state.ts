/** What is true of a mark sheet after its events. */
import type { Candidate, Candidates } from './candidates.js';
import { allCandidates, candidateOf, noCandidates, withCandidate } from './candidates.js';
import type { AccountId, CandidateNumber, MarkSheetEvent } from './events.js';
import type { MarkScale } from '../mark.js';

export interface MarkSheet {
  /** Of the stream's last event; −1 before the first. */
  readonly revision: number;
  readonly component: string;
  readonly centre: string;
  /** In the unit of the sheet: half-points where there are half marks. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly candidates: Candidates;
  /** Numbers on scripts that no list had. */
  readonly unlisted: readonly string[];
}

export interface Counts {
  readonly allocated: number;
  readonly left: number;
  readonly outstanding: number;
  readonly entered: number;
  readonly submitted: number;
}

export const initial: MarkSheet = {
  revision: -1,
  component: '',
  centre: '',
  maximum: 0,
  halfMarks: false,
  candidates: noCandidates,
  unlisted: [],
};

type Of<Type extends MarkSheetEvent['type']> = Extract<MarkSheetEvent, { type: Type }>['data'];

export function evolve(before: MarkSheet, event: MarkSheetEvent): MarkSheet {
  const state = { ...before, revision: before.revision + 1 };
  const { revision } = state;
  switch (event.type) {
    case 'MarkSheetAllocated':
      return allocated(state, event.data);
    case 'MarkEntered':
    case 'MarkCorrected':
      return marked(state, event.data);
    case 'AbsenceRecorded':
      return marked(state, { ...event.data, mark: 'ABS' });
    case 'MarkCleared':
      return changed(state, event.data.candidate, { ...BLANK, revision });
    case 'MarkConfirmed':
      return changed(state, event.data.candidate, { confirmed: true, revision });
    case 'MarksVerified':
      return verified(state, event.data);
    case 'SampleFlagged':
      return changed(state, event.data.candidate, { flagged: true });
    case 'SampleUnflagged':
      return changed(state, event.data.candidate, { flagged: false });
    case 'ScriptNotReceived':
      return changed(state, event.data.candidate, {
        ...BLANK,
        state: 'outstanding',
        reason: event.data.reason,
        revision,
      });
    case 'ScriptReceived':
      return changed(state, event.data.candidate, { ...BLANK, revision });
    case 'UnlistedScriptReported':
      return { ...state, unlisted: added(state.unlisted, event.data.number) };
    case 'ConcernRaised':
      return concerned(state, event.data);
    case 'CandidateWithdrawn':
      return changed(state, event.data.candidate, { withdrawn: true, revision });
    case 'MarksSubmitted':
      return submitted(state, event.data);
    case 'MarkSheetReallocated':
      return reallocated(state, event.data);
    default:
      return state;
  }
}

/** The scale on which marks are typed. */
export function scaleOf(state: MarkSheet): MarkScale {
  return { maximum: state.halfMarks ? state.maximum / 2 : state.maximum, halfMarks: state.halfMarks };
}

/** Of one examiner, or of the whole centre: left + outstanding + entered + submitted = allocated. */
export function countsOf(state: MarkSheet, examiner?: AccountId): Counts {
  const counts = { allocated: 0, left: 0, outstanding: 0, entered: 0, submitted: 0 };
  for (const candidate of allCandidates(state.candidates)) {
    if (candidate.withdrawn || (examiner !== undefined && candidate.examiner !== examiner)) continue;
    counts.allocated += 1;
    counts[candidate.state === 'blank' ? 'left' : candidate.state] += 1;
  }
  return counts;
}

const BLANK = {
  state: 'blank',
  value: undefined,
  confirmed: true,
  verified: false,
  second: undefined,
  reason: undefined,
} as const satisfies Partial<Candidate>;

function allocated(state: MarkSheet, data: Of<'MarkSheetAllocated'>): MarkSheet {
  const { component, centre, maximum, halfMarks, examiner } = data;
  let { candidates } = state;
  for (const number of data.candidates) {
    if (candidateOf(candidates, number) !== undefined) continue;
    candidates = withCandidate(candidates, {
      ...BLANK,
      number,
      examiner,
      withdrawn: false,
      revision: state.revision,
      flagged: false,
      concerns: [],
      submission: undefined,
      touchedBy: [],
      formerly: [],
    });
  }
  return { ...state, component, centre, maximum, halfMarks, candidates };
}

interface Marked {
  readonly candidate: CandidateNumber;
  readonly examiner: AccountId;
  readonly mark: number | 'ABS';
  readonly confirmed?: boolean;
}

function marked(state: MarkSheet, data: Marked): MarkSheet {
  return changed(
    state,
    data.candidate,
    {
      ...BLANK,
      state: 'entered',
      value: data.mark,
      confirmed: data.confirmed ?? true,
      revision: state.revision,
    },
    data.examiner,
  );
}

function verified(state: MarkSheet, data: Of<'MarksVerified'>): MarkSheet {
  const patch = { verified: true, second: data.second, revision: state.revision };
  return changed(state, data.candidate, patch, data.examiner);
}

function concerned(state: MarkSheet, data: Of<'ConcernRaised'>): MarkSheet {
  const concerns = candidateOf(state.candidates, data.candidate)?.concerns ?? [];
  return changed(state, data.candidate, { concerns: added(concerns, data.kind) });
}

function submitted(state: MarkSheet, data: Of<'MarksSubmitted'>): MarkSheet {
  let after = state;
  for (const { candidate, mark } of data.candidates) {
    after = changed(after, candidate, {
      state: 'submitted',
      value: mark,
      submission: data.submission,
      revision: state.revision,
    });
  }
  return after;
}

function reallocated(state: MarkSheet, data: Of<'MarkSheetReallocated'>): MarkSheet {
  let after = state;
  for (const { candidate } of data.candidates) {
    const formerly = candidateOf(after.candidates, candidate)?.formerly ?? [];
    after = changed(after, candidate, {
      examiner: data.to,
      formerly: added(formerly, data.from),
      revision: state.revision,
    });
  }
  return after;
}

/** `toucher` is who entered, corrected or verified: only the allocated examiner may, so the event names them. */
function changed(
  state: MarkSheet,
  number: CandidateNumber,
  patch: Partial<Candidate>,
  toucher?: AccountId,
): MarkSheet {
  const before = candidateOf(state.candidates, number);
  if (before === undefined) return state;
  const touchedBy = toucher === undefined ? before.touchedBy : added(before.touchedBy, toucher);
  return { ...state, candidates: withCandidate(state.candidates, { ...before, ...patch, touchedBy }) };
}

function added<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.includes(item) ? list : [...list, item];
}
