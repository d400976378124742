/** Whose candidate is it, and is it still as they saw it? */
import type { Candidate } from './candidates.js';
import { candidateOf } from './candidates.js';
import type { ByExaminer } from './commands.js';
import type { AccountId, CandidateNumber } from './events.js';
import { inPoints } from '../mark.js';
import type { MarkSheetRefusal } from './refusal.js';
import type { MarkSheet } from './state.js';

type Found = { readonly candidate: Candidate } | { readonly refused: MarkSheetRefusal };

/** On the list and not withdrawn. */
export function listed(state: MarkSheet, number: CandidateNumber): Found {
  const candidate = candidateOf(state.candidates, number);
  if (candidate === undefined) return { refused: { reason: 'CandidateUnknown', candidate: number } };
  if (candidate.withdrawn) return { refused: { reason: 'CandidateWithdrawn', candidate: number } };
  return { candidate };
}

/** Listed, and allocated to the one who asks, who acts as examiner. */
export function owned(
  state: MarkSheet,
  asked: { readonly candidate: CandidateNumber; readonly actor: AccountId; readonly role: string },
): Found {
  const found = listed(state, asked.candidate);
  if ('refused' in found) return found;
  const { number, examiner, formerly } = found.candidate;
  if (asked.role === 'examiner' && examiner === asked.actor) return found;
  if (asked.role === 'examiner' && formerly.includes(asked.actor)) {
    return { refused: { reason: 'Reallocated', candidate: number, to: examiner } };
  }
  return { refused: { reason: 'NotYourCandidate', candidate: number } };
}

/** Owned, and its mark is not submitted yet. */
export function open(state: MarkSheet, asked: ByExaminer): Found {
  const found = owned(state, asked);
  if ('refused' in found) return found;
  if (found.candidate.state !== 'submitted') return found;
  return { refused: { reason: 'MarkLocked', candidate: asked.candidate } };
}

/** The refusal where the candidate changed since the person looked; otherwise undefined. */
export function changedElsewhere(
  state: MarkSheet,
  candidate: Candidate,
  expect: number | undefined,
): { readonly refused: MarkSheetRefusal } | undefined {
  if (expect === undefined || expect === candidate.revision) return undefined;
  const { number, value, revision } = candidate;
  const stands = value === undefined ? {} : { mark: inPoints(value, state.halfMarks) };
  return { refused: { reason: 'ChangedElsewhere', candidate: number, ...stands, revision } };
}

/** The script has not come, for the reason that was given then. */
export function outstanding({ number, reason }: Candidate): { readonly refused: MarkSheetRefusal } {
  return { refused: { reason: 'ScriptOutstanding', candidate: number, ...(reason && { why: reason }) } };
}

/** What every event about a candidate says. */
export function about(candidate: Candidate): {
  readonly candidate: CandidateNumber;
  readonly examiner: AccountId;
} {
  return { candidate: candidate.number, examiner: candidate.examiner };
}

/** Half-points are marked as such. */
export function unitOf(state: MarkSheet): { readonly unit?: 'half' } {
  return state.halfMarks ? { unit: 'half' } : {};
}
