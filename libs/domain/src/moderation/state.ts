/** What is true of a moderation after its events. */
import type { CentreMark, Flag, Outcome } from '../adjustment/outcome.js';
import type { AdjustmentSettings } from '../adjustment/settings.js';
import type { MarkScale } from '../mark.js';
import type { SampleRule } from '../sampling/rules.js';
import type { Candidates } from './candidates.js';
import { isRemaining } from './candidates.js';
import type { CandidateAt, ReportTexts, Standing } from './events.js';

export interface Moderation {
  /** Of the stream's last event; −1 before the first. */
  readonly revision: number;
  readonly component: string;
  readonly centres: readonly string[];
  readonly moderator: string | undefined;
  /** Earlier moderators, before reallocations. */
  readonly formerly: readonly string[];
  /** In the unit of the component: half-points where there are half marks. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly candidates: Candidates;
  /** The centre's marks are closed, until they are returned. */
  readonly marksSubmitted: boolean;
  /** How the sample was drawn; what is drawn later follows it. */
  readonly draw: DrawKept | undefined;
  readonly nothingToModerate: boolean;
  readonly report: Report | undefined;
  readonly outcome: OutcomeKept | undefined;
  readonly submitted: boolean;
  readonly approved: boolean;
  /** By the revision of their request. */
  readonly changes: ReadonlyMap<number, Change>;
  /** Everybody who ever entered, corrected or cleared a moderator mark here, or wrote in the report. */
  readonly involved: readonly string[];
  /** Ids of the reasons recorded: who says the same again has said nothing. */
  readonly said: ReadonlySet<string>;
}

export interface DrawKept {
  readonly rule: SampleRule;
  readonly seed: string;
  readonly withZeros: boolean;
}

export interface Report {
  readonly texts: ReportTexts;
  readonly isCompleted: boolean;
}

export interface OutcomeKept {
  readonly revision: number;
  readonly stage: Outcome['stage'];
  readonly settings: AdjustmentSettings;
  /** Those of the submission: what a choice does not say is as they have it, and not as an earlier choice had it. */
  readonly submittedWith: AdjustmentSettings;
  readonly flags: readonly Flag[];
  /** What the principal chose where it did not follow from the settings. */
  readonly choice: Outcome['method'] | undefined;
}

export interface Change extends CandidateAt {
  readonly kind: 'amendment' | 'late';
  readonly mark: CentreMark;
  readonly teachingGroup: string;
  readonly by: string;
  readonly reason: { readonly text: string; readonly sha256: string };
  readonly state: 'requested' | 'approved' | 'refused';
}

export const initial: Moderation = {
  revision: -1,
  component: '',
  centres: [],
  moderator: undefined,
  formerly: [],
  maximum: 0,
  halfMarks: false,
  candidates: new Map(),
  marksSubmitted: false,
  draw: undefined,
  nothingToModerate: false,
  report: undefined,
  outcome: undefined,
  submitted: false,
  approved: false,
  changes: new Map(),
  involved: [],
  said: new Set(),
};

export type Phase =
  | 'awaiting-marks'
  | 'receiving'
  | 'reviewing'
  | 'submitted'
  | 'approved'
  | 'nothing-to-moderate';

export function phaseOf(state: Moderation): Phase {
  if (state.approved) return 'approved';
  if (state.submitted) return 'submitted';
  if (state.nothingToModerate) return 'nothing-to-moderate';
  if (state.marksSubmitted) return 'reviewing';
  return state.candidates.size === 0 ? 'awaiting-marks' : 'receiving';
}

/** The scale on which marks are typed. */
export function scaleOf({ maximum, halfMarks }: Moderation): MarkScale {
  return { maximum: halfMarks ? maximum / 2 : maximum, halfMarks };
}

/** The counts of domain and screen; a shared report counts for each centre of a consortium. */
export function standingOf(state: Moderation): Standing {
  let [sample, remaining, cfAbs] = [0, 0, 0];
  for (const candidate of state.candidates.values()) {
    if (candidate.isSampled) sample += 1;
    if (isRemaining(candidate)) remaining += 1;
    if (typeof candidate.mark !== 'number') cfAbs += 1;
  }
  const centres = state.centres.length;
  const reports = state.report?.isCompleted === true ? centres : 0;
  return { centres, sample, reports, remaining, entered: state.candidates.size, cfAbs };
}
