/** The candidates of a moderation, by centre and number. */
import type { CentreMark } from '../adjustment/outcome.js';
import type { CandidateAt } from './events.js';

export interface Candidate extends CandidateAt {
  readonly mark: CentreMark;
  /** '' where none is given. */
  readonly teachingGroup: string;
  readonly isSampled: boolean;
  /** Left the sample for another, and is not drawn again. */
  readonly isReplaced: boolean;
  readonly isReceived: boolean;
  /** In the unit of the component. */
  readonly moderatorMark: number | undefined;
  /** Stream revision of the last change to the moderator's mark or to whether the work is there. */
  readonly revision: number;
}

export type Candidates = ReadonlyMap<string, Candidate>;

export const keyOf = ({ centre, candidate }: CandidateAt): string => `${centre}/${candidate}`;

export function candidateAt(candidates: Candidates, at: CandidateAt): Candidate | undefined {
  return candidates.get(keyOf(at));
}

export function isNumber(candidate: string): boolean {
  return /^[0-9]{4}$/.test(candidate);
}

/** Sampled, the work is there, and no mark yet: what a moderator has still to look at. */
export function isRemaining({ isSampled, isReceived, moderatorMark }: Candidate): boolean {
  return isSampled && isReceived && moderatorMark === undefined;
}

/** With a new mark: neither absent nor carried forward. */
export function hasNewMark(candidate: Candidate): candidate is Candidate & { readonly mark: number } {
  return typeof candidate.mark === 'number';
}

/** In the order of centre and number. */
export function inOrder(candidates: Candidates): readonly Candidate[] {
  const keys = [...candidates.keys()].sort();
  return keys.map((key) => candidates.get(key) as Candidate);
}
