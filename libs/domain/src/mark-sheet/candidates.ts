/**
 * The candidates of a sheet by number, in pages of a hundred. A change copies one page and the short list of
 * pages, never the whole: a state decided on speculatively and the state it came from share the rest.
 */
import type { TextReference } from '../text.js';
import type { AccountId, CandidateNumber, CandidateState, ConcernKind, Value } from './events.js';

export interface Candidate {
  readonly number: CandidateNumber;
  readonly examiner: AccountId;
  readonly state: CandidateState;
  /** Left the entry: not among the allocated any more. */
  readonly withdrawn: boolean;
  /** In the unit of the sheet; undefined where nothing is entered. */
  readonly value: Value | undefined;
  /** Stream revision of the last change to mark, state or examiner; flags and concerns do not move it. */
  readonly revision: number;
  /** False only for a zero or full mark that nobody has confirmed yet. */
  readonly confirmed: boolean;
  readonly verified: boolean;
  /** What the blind second entry was, where there has been one for this mark. */
  readonly second: Value | undefined;
  readonly flagged: boolean;
  readonly concerns: readonly ConcernKind[];
  /** Why the script is outstanding. */
  readonly reason: TextReference | undefined;
  /** The submission that locked the mark. */
  readonly submission: string | undefined;
  /** Everybody who ever entered, corrected or verified this mark, also where it was cleared since. */
  readonly touchedBy: readonly AccountId[];
  /** Earlier examiners, before reallocations. */
  readonly formerly: readonly AccountId[];
}

export type Candidates = readonly (readonly (Candidate | undefined)[] | undefined)[];

export const noCandidates: Candidates = [];

const PAGE = 100;
const FOUR_DIGITS = /^[0-9]{4}$/;

export function isCandidateNumber(text: string): boolean {
  return FOUR_DIGITS.test(text);
}

export function candidateOf(candidates: Candidates, number: CandidateNumber): Candidate | undefined {
  if (number.length !== 4) return undefined;
  const index = Number(number);
  const found = candidates[Math.trunc(index / PAGE)]?.[index % PAGE];
  return found?.number === number ? found : undefined;
}

/** With this candidate added or replaced. A number that is none is left out: folding never throws. */
export function withCandidate(candidates: Candidates, candidate: Candidate): Candidates {
  if (!isCandidateNumber(candidate.number)) return candidates;
  const index = Number(candidate.number);
  const page = Math.trunc(index / PAGE);
  const entries = candidates[page]?.slice() ?? [];
  entries[index % PAGE] = candidate;
  const pages = candidates.slice();
  pages[page] = entries;
  return pages;
}

/** In the order of their numbers, withdrawn ones too. */
export function* allCandidates(candidates: Candidates): Generator<Candidate, void, undefined> {
  for (const page of candidates) {
    if (page === undefined) continue;
    for (const candidate of page) if (candidate !== undefined) yield candidate;
  }
}
