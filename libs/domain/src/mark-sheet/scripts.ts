/** What an examiner says about a script beside its mark: sample, missing, unlisted, a concern. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { TextReference } from '../text.js';
import { allCandidates, candidateOf } from './candidates.js';
import type { ByExaminer } from './commands.js';
import type { AccountId, ConcernKind, MarkSheetEvent } from './events.js';
import { about, changedElsewhere, open, outstanding, owned } from './ownership.js';
import type { MarkSheetRefusal } from './refusal.js';
import type { MarkSheet } from './state.js';

type Decided = Decision<MarkSheetEvent, MarkSheetRefusal>;

export function flagSample(command: ByExaminer, state: MarkSheet): Decided {
  const found = owned(state, command);
  if ('refused' in found) return found;
  return found.candidate.flagged ? accept() : accept({ type: 'SampleFlagged', data: about(found.candidate) });
}

export function unflagSample(command: ByExaminer, state: MarkSheet): Decided {
  const found = owned(state, command);
  if ('refused' in found) return found;
  return found.candidate.flagged ? accept({ type: 'SampleUnflagged', data: about(found.candidate) }) : accept();
}

/** A mark in the way must be cleared first, and another reason is no silent change of the first. */
export function reportScriptNotReceived(
  command: ByExaminer & { readonly reason: TextReference },
  state: MarkSheet,
): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (candidate.state === 'entered') {
    return refuse({ reason: 'EnteredMarksRemain', candidates: [candidate.number] });
  }
  if (candidate.state === 'outstanding') {
    if (candidate.reason?.sha256 === command.reason.sha256) return accept();
    return outstanding(candidate);
  }
  const data = { ...about(candidate), reason: command.reason };
  return changedElsewhere(state, candidate, command.expect) ?? accept({ type: 'ScriptNotReceived', data });
}

export function reportScriptReceived(command: ByExaminer, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (candidate.state !== 'outstanding') return accept();
  const changed = changedElsewhere(state, candidate, command.expect);
  return changed ?? accept({ type: 'ScriptReceived', data: about(candidate) });
}

/** By anybody who marks here; a number that is listed needs no report. */
export function reportUnlistedScript(
  { number, actor, role }: { readonly number: string; readonly actor: AccountId; readonly role: string },
  state: MarkSheet,
): Decided {
  if (role !== 'examiner' || !marksHere(state, actor)) {
    return refuse({ reason: 'NotYourCandidate', candidate: number });
  }
  const present = candidateOf(state.candidates, number);
  if (present !== undefined) {
    return refuse({ reason: 'AlreadyAllocated', candidate: number, examiner: present.examiner });
  }
  if (state.unlisted.includes(number)) return accept();
  return accept({ type: 'UnlistedScriptReported', data: { number } });
}

export function raiseConcern(command: ByExaminer & { readonly kind: ConcernKind }, state: MarkSheet): Decided {
  const found = owned(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (candidate.concerns.includes(command.kind)) return accept();
  return accept({ type: 'ConcernRaised', data: { ...about(candidate), kind: command.kind } });
}

function marksHere(state: MarkSheet, actor: AccountId): boolean {
  for (const { examiner } of allCandidates(state.candidates)) if (examiner === actor) return true;
  return false;
}
