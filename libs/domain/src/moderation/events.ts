/**
 * What happens to the marks of one internally assessed unit at one centre: stream `moderation-<component>-<centre>`.
 * A consortium is moderated as one cohort and is one stream, named by its leading centre; so a candidate is always
 * a centre and a number.
 *
 * Every event that moves a count names the moderator to whom the centre was allocated then, and says from which
 * state it moved: counts are kept by adding and subtracting alone. Before anybody is allocated, no one is named.
 * Marks are counted as on a mark sheet: in half-points where the component has half marks (`unit: 'half'`).
 */
import type { Choice, CentreMark, Flag, Outcome } from '../adjustment/outcome.js';
import type { AdjustmentSettings } from '../adjustment/settings.js';
import type { SampleRule } from '../sampling/rules.js';
import type { TextReference } from '../text.js';

export interface CandidateAt {
  readonly centre: string;
  readonly candidate: string;
}

/** An account id. */
interface Whose {
  readonly moderator?: string;
}

interface InHalves {
  readonly unit?: 'half';
}

/** What a moderation counts for: what moves when the centre gets a moderator, or another one. */
export interface Standing {
  readonly centres: number;
  readonly sample: number;
  readonly reports: number;
  /** Sampled, without a moderator mark, and the work is there. */
  readonly remaining: number;
  readonly entered: number;
  readonly cfAbs: number;
}

/** The form's fields, each a text of its own. */
export interface ReportTexts {
  readonly language: 'en' | 'cy';
  readonly accuracy?: TextReference;
  readonly administration?: TextReference;
  readonly tasks?: TextReference;
  readonly comments?: TextReference;
}

type About = CandidateAt & Required<Whose>;
type Draws = Whose & {
  readonly rule: SampleRule;
  readonly seed: string;
  readonly candidates: readonly CandidateAt[];
};

export type ModerationEvent =
  | {
      readonly type: 'ModeratorAllocated';
      readonly data: {
        readonly component: string;
        /** All of a consortium; the leading one names the stream. */
        readonly centres: readonly string[];
        readonly moderator: string;
        readonly standing: Standing;
      };
    }
  | {
      readonly type: 'ModeratorReallocated';
      /** `teamRevision`: of the team stream that made the mover senior to both. */
      readonly data: {
        readonly from: string;
        readonly to: string;
        readonly standing: Standing;
        readonly teamRevision: number;
      };
    }
  | {
      readonly type: 'CentreMarksReceived';
      readonly data: Whose &
        InHalves & {
          readonly component: string;
          readonly centres: readonly string[];
          readonly centre: string;
          /** In the unit of the marks. */
          readonly maximum: number;
          readonly halfMarks: boolean;
          /** Only who is new or changed; `from` is what stood before. */
          readonly candidates: readonly {
            readonly candidate: string;
            readonly mark: CentreMark;
            readonly from?: CentreMark;
            readonly teachingGroup?: string;
          }[];
        };
    }
  | {
      readonly type: 'CentreMarksSubmitted';
      readonly data: Whose & { readonly entered: number; readonly cfAbs: number };
    }
  | { readonly type: 'SampleDrawn'; readonly data: Draws & { readonly withZeros?: boolean } }
  | {
      readonly type: 'ModerationClosed';
      /** Rule and seed are kept for a mark that comes late. */
      readonly data: Whose & {
        readonly why: 'nothing-to-moderate';
        readonly rule: SampleRule;
        readonly seed: string;
        readonly withZeros?: boolean;
      };
    }
  | { readonly type: 'ModeratorMarkEntered'; readonly data: About & InHalves & { readonly mark: number } }
  | {
      readonly type: 'ModeratorMarkCorrected';
      readonly data: About & InHalves & { readonly from: number; readonly mark: number };
    }
  | { readonly type: 'ModeratorMarkCleared'; readonly data: About & InHalves & { readonly from: number } }
  | { readonly type: 'WorkNotReceived'; readonly data: About & { readonly reason: TextReference } }
  | { readonly type: 'WorkReceived'; readonly data: About }
  | {
      readonly type: 'SampleCandidateReplaced';
      readonly data: Whose & {
        readonly out: CandidateAt;
        readonly in: CandidateAt;
        /** In which state the one who leaves stood. */
        readonly was: 'blank' | 'not-received';
        readonly reason: TextReference;
      };
    }
  | {
      readonly type: 'FurtherSampleRequested';
      readonly data: Whose & { readonly size: number; readonly reason: TextReference };
    }
  | {
      readonly type: 'FurtherSampleDrawn';
      /** Drawn because it was asked for, or because a corrected mark is the new highest or lowest. */
      readonly data: Draws & { readonly cause: 'requested' | 'new-extreme' };
    }
  | {
      readonly type: 'CentreMarkChangeRequested';
      /** Referred to by this event's revision. `late`: the candidate has no mark at all yet. */
      readonly data: CandidateAt &
        InHalves & {
          readonly kind: 'amendment' | 'late';
          readonly mark: CentreMark;
          readonly teachingGroup?: string;
          readonly reason: TextReference;
          readonly by: string;
        };
    }
  | {
      readonly type: 'CentreMarkChangeRefused';
      readonly data: { readonly change: number; readonly reason: TextReference };
    }
  | {
      readonly type: 'CentreMarkAmended';
      readonly data: CandidateAt &
        Whose &
        InHalves & {
          readonly change: number;
          readonly from: CentreMark;
          readonly to: CentreMark;
          readonly reason: TextReference;
        };
    }
  | {
      readonly type: 'LateCentreMarkReceived';
      readonly data: CandidateAt &
        Whose &
        InHalves & {
          readonly change: number;
          readonly mark: CentreMark;
          readonly teachingGroup?: string;
          readonly reason: TextReference;
        };
    }
  | { readonly type: 'CentreReportSaved'; readonly data: Required<Whose> & { readonly report: ReportTexts } }
  | {
      readonly type: 'CentreReportCompleted';
      /** For how many centres it counts. */
      readonly data: Required<Whose> & { readonly report: ReportTexts; readonly centres: number };
    }
  | { readonly type: 'CentreReportReopened'; readonly data: Required<Whose> & { readonly centres: number } }
  | {
      readonly type: 'OutcomeComputed';
      /** Referred to by this event's revision. Settings in points, coefficients as adjustment/ writes them. */
      readonly data: Whose &
        InHalves & {
          readonly stage: Outcome['stage'];
          readonly method: Choice;
          readonly settings: AdjustmentSettings;
          readonly rho?: string;
          readonly a?: string;
          readonly b?: string;
          readonly flags: readonly Flag[];
          readonly adjusted: readonly (CandidateAt & { readonly mark: number })[];
        };
    }
  | {
      readonly type: 'OutcomeChosen';
      /** What a principal decided over `outcome`; what follows from it is computed in the next event. */
      readonly data: {
        readonly outcome: number;
        readonly choice: Choice;
        readonly settings: AdjustmentSettings;
        readonly reason: TextReference;
        readonly by: string;
      };
    }
  | {
      readonly type: 'ModerationSubmitted';
      readonly data: Required<Whose> & {
        readonly outcome: number;
        /** Against the deadline then in force, an ISO instant. */
        readonly deadline?: string;
        readonly late: boolean;
      };
    }
  | {
      readonly type: 'OutcomeApproved';
      readonly data: Whose & { readonly outcome: number; readonly by: string };
    }
  | {
      readonly type: 'OutcomeReturned';
      readonly data: Whose & { readonly outcome: number; readonly reason: TextReference };
    }
  | {
      readonly type: 'CentreMarksReturned';
      /** The import is open again; sample, moderator marks and report count no more. */
      readonly data: Whose & {
        readonly reason: TextReference;
        readonly voided: Pick<Standing, 'sample' | 'reports' | 'remaining'>;
      };
    };
