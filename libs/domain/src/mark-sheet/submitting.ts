/** Submitting: the entered candidates as the person saw them; what changed since is left out and named. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { Candidate } from './candidates.js';
import { allCandidates } from './candidates.js';
import type { SubmitMarks } from './commands.js';
import { confirmed } from './entering.js';
import type { AccountId, MarkSheetEvent, Value } from './events.js';
import { owned, unitOf } from './ownership.js';
import type { LeftOut, MarkSheetRefusal } from './refusal.js';
import type { MarkSheet } from './state.js';

interface Submission {
  readonly submission: string;
  readonly deadline?: string;
  readonly late: boolean;
}

export function submitMarks(
  command: SubmitMarks,
  state: MarkSheet,
): Decision<MarkSheetEvent, MarkSheetRefusal> {
  const { taken, leftOut, already } = sorted(command, state);
  if (taken.length === 0 && already > 0) return accept();
  if (taken.length === 0) return refuse({ reason: 'NoMarksToSubmit', leftOut });
  const unconfirmed = taken.filter((candidate) => !candidate.confirmed).map(({ number }) => number);
  if (unconfirmed.length > 0 && command.confirmed !== true) {
    return refuse({ reason: 'MarksUnconfirmed', candidates: unconfirmed });
  }
  return accept(...submission(state, command.actor, taken, command));
}

/** What this submission does not hold, and why; to be asked of the state before it or after it alike. */
export function leftOutOf(command: SubmitMarks, state: MarkSheet): readonly LeftOut[] {
  return sorted(command, state).leftOut;
}

/** The confirmations that go with it, then the submission itself. `taken` are entered, of one examiner. */
export function submission(
  state: MarkSheet,
  examiner: AccountId,
  taken: readonly Candidate[],
  { submission: id, deadline, late }: Submission,
): readonly MarkSheetEvent[] {
  const candidates = taken.map(({ number, value }) => ({ candidate: number, mark: value as Value }));
  const due = deadline === undefined ? {} : { deadline };
  return [
    ...taken.filter((one) => !one.confirmed).map((one) => confirmed(state, one, one.value as number)),
    { type: 'MarksSubmitted', data: { submission: id, examiner, candidates, ...due, late, ...unitOf(state) } },
  ];
}

interface Sorted {
  readonly taken: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
  /** How many this very submission has locked before: it was asked twice. */
  readonly already: number;
}

function sorted(command: SubmitMarks, state: MarkSheet): Sorted {
  const taken: Candidate[] = [];
  const leftOut: LeftOut[] = [];
  let already = 0;
  for (const asked of command.candidates ?? everythingEntered(command, state)) {
    const found = owned(state, { ...asked, actor: command.actor, role: command.role });
    if ('refused' in found) {
      leftOut.push({ candidate: asked.candidate, why: found.refused.reason as LeftOut['why'] });
      continue;
    }
    const why = whyNot(found.candidate, asked.revision);
    if (found.candidate.submission === command.submission) already += 1;
    else if (why !== undefined) leftOut.push({ candidate: asked.candidate, why });
    else if (!taken.includes(found.candidate)) taken.push(found.candidate);
  }
  return { taken, leftOut, already };
}

function whyNot(candidate: Candidate, seen: number): LeftOut['why'] | undefined {
  if (candidate.state === 'submitted') return 'MarkLocked';
  if (candidate.revision !== seen) return 'ChangedElsewhere';
  if (candidate.state === 'outstanding') return 'ScriptOutstanding';
  if (candidate.state === 'blank') return 'MarkNotEntered';
  return undefined;
}

function everythingEntered(
  { actor, submission: id }: SubmitMarks,
  state: MarkSheet,
): readonly { readonly candidate: string; readonly revision: number }[] {
  return [...allCandidates(state.candidates)]
    .filter((one) => one.examiner === actor && !one.withdrawn)
    .filter((one) => one.state === 'entered' || one.submission === id)
    .map(({ number, revision }) => ({ candidate: number, revision }));
}
