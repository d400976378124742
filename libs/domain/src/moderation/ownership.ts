/** Whose centre is it, is it open, and is the candidate still as they saw it? */
import { inPoints } from '../mark.js';
import type { Candidate } from './candidates.js';
import { candidateAt } from './candidates.js';
import type { Asked, ByModerator } from './commands.js';
import type { CandidateAt } from './events.js';
import type { ModerationRefusal } from './refusal.js';
import type { Moderation } from './state.js';
import { phaseOf } from './state.js';

export interface Refused {
  readonly refused: ModerationRefusal;
}

/** Undefined where the centre is allocated to the one who asks. */
export function notYours(state: Moderation, { actor }: Asked): Refused | undefined {
  return state.moderator === actor ? undefined : { refused: { reason: 'NotYourCentre', centre: state.centres[0] ?? '' } };
}

/** Undefined while the centre is reviewed: its marks are closed, and the outcome is not submitted. */
export function notOpen(state: Moderation): Refused | undefined {
  const phase = phaseOf(state);
  if (phase === 'reviewing') return undefined;
  if (phase === 'awaiting-marks' || phase === 'receiving') return { refused: { reason: 'CentreMarksOpen' } };
  return { refused: { reason: 'ModerationLocked', state: phase } };
}

/** Theirs, open, and in the sample. */
export function reviewed(state: Moderation, command: ByModerator): { readonly candidate: Candidate } | Refused {
  const { actor, candidate: number } = command;
  if (state.moderator !== undefined && state.moderator !== actor && state.formerly.includes(actor)) {
    return { refused: { reason: 'Reallocated', candidate: number, to: state.moderator } };
  }
  const closed = notYours(state, command) ?? notOpen(state);
  if (closed !== undefined) return closed;
  const candidate = candidateAt(state.candidates, command);
  if (candidate === undefined) return { refused: { reason: 'CandidateUnknown', candidate: number } };
  return candidate.isSampled ? { candidate } : { refused: { reason: 'NotInSample', candidate: number } };
}

/** The refusal where the candidate changed since the person looked; otherwise undefined. */
export function changedElsewhere(state: Moderation, candidate: Candidate, expect: number | undefined): Refused | undefined {
  const { candidate: number, moderatorMark, revision } = candidate;
  if (expect === undefined || expect === revision) return undefined;
  const stands = moderatorMark === undefined ? {} : { mark: Number(inPoints(moderatorMark, state.halfMarks)) };
  return { refused: { reason: 'ChangedElsewhere', candidate: number, ...stands, revision } };
}

/** What every event about a sampled candidate says. */
export function about(state: Moderation, at: CandidateAt): CandidateAt & { readonly moderator: string } {
  return { ...reference(at), moderator: state.moderator ?? '' };
}

export function reference({ centre, candidate }: CandidateAt): CandidateAt {
  return { centre, candidate };
}

/** Nobody is named before somebody is allocated. */
export function whose({ moderator }: Moderation): { readonly moderator?: string } {
  return moderator === undefined ? {} : { moderator };
}

/** Half-points are marked as such. */
export function unitOf({ halfMarks }: Moderation): { readonly unit?: 'half' } {
  return halfMarks ? { unit: 'half' } : {};
}
