/**
 * What each document shows, gathered beforehand from events: plain data that can be sent to another thread, and the
 * same model gives the same bytes. Marks are in points, times ISO instants; names are joined when it is gathered, and
 * empty where they are not known or were erased.
 */
import type { CentreMark, Choice, Flag, Method, ModerationPhase, SampleRule } from '@portal/domain';
import type { AuditEntryShown } from './audit-entry.js';

export type { AuditEntryShown };

export type DocumentModel =
  | FormulaModel
  | SummaryModel
  | MarkSheetModel
  | SampleSheetModel
  | ReceiptModel
  | CentreReportModel
  | AuditReportModel
  | ExportModel;

export type Language = 'en' | 'cy';

interface Document {
  readonly language: Language;
  readonly component: ComponentShown;
  readonly source: Source;
}

export interface ComponentShown {
  /** The full id, `CODE@YYYY-MM`. */
  readonly component: string;
  readonly code: string;
  readonly qualification: string;
  readonly series: string;
  readonly titles: { readonly en: string; readonly cy: string };
  readonly maximum: number;
  readonly halfMarks: boolean;
}

/** The events it was made from, so that anybody with the log can hold it against them. */
export interface Source {
  /** Of the last of them; empty where there is none. */
  readonly position: string;
  /** When that one was recorded: the document's own date. */
  readonly at: string;
  /** Hex SHA-256 over the streams read: `STREAM REVISION HASH-OF-ITS-LAST-EVENT`, a line each, in the order of names. */
  readonly hash: string;
}

export interface CentreShown {
  readonly centre: string;
  readonly name: string;
}

/** Which rule was used for each centre of a unit, with which numbers, and what it did to every mark. */
export interface FormulaModel extends Document {
  readonly kind: 'formula';
  /** As the unit is set up now; what was used for a centre stands with its outcome. */
  readonly usual: { readonly rule: SampleRule; readonly tolerance: number; readonly method: Method };
  readonly cohorts: readonly CohortShown[];
}

/** A centre, or a consortium that was moderated as one. */
export interface CohortShown {
  readonly centres: readonly CentreShown[];
  readonly state: ModerationPhase;
  /** How its sample was drawn; absent before it was. */
  readonly rule?: SampleRule;
  readonly outcome?: OutcomeShown;
  readonly rows: readonly OutcomeRowShown[];
}

/** As it was recorded. */
export interface OutcomeShown {
  readonly stage: 'accepted' | 'adjusted' | 'order-doubtful';
  readonly method: Choice;
  readonly tolerance: number;
  /** Exact fractions or decimals, as they are recorded. */
  readonly a?: string;
  readonly b?: string;
  readonly rho?: string;
  readonly lambda?: string;
  readonly anchors?: readonly { readonly at: number; readonly difference: number }[];
  readonly flags: readonly Flag[];
  /** Why a principal chose it; absent where it followed from the settings. */
  readonly chosenBecause?: string;
  readonly isApproved: boolean;
  /** From one end of the marks to the other; empty where there is none. */
  readonly line: readonly Point[];
}

/** `x`: the centre's mark, `y`: the moderator's or the adjusted one. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface OutcomeRowShown {
  readonly centre: string;
  readonly candidate: string;
  readonly centreMark: CentreMark;
  readonly moderatorMark?: number;
  readonly isSampled: boolean;
  /** Absent while nothing is settled. */
  readonly after?: CentreMark;
}

/** The page "Moderator Mark Input" or "Electronic Mark Input" of one component, with its centres. */
export interface SummaryModel extends Document {
  readonly kind: 'summary';
  readonly person: string;
  readonly role: string;
  /** Whose part it is, where it is not the person's own. */
  readonly member?: string;
  readonly deadline: string;
  readonly counts: MarkingCounts | ModeratingCounts;
  readonly centres: readonly (CentreShown & { readonly counts: MarkingCounts | ModeratingCounts })[];
}

export interface MarkingCounts {
  readonly of: 'marking';
  readonly allocated: number;
  readonly left: number;
  readonly outstanding: number;
  readonly entered: number;
  readonly submitted: number;
}

export interface ModeratingCounts {
  readonly of: 'moderating';
  readonly totalCentres: number;
  readonly totalSampleCandidates: number;
  readonly totalReportsCompleted: number;
  readonly reviewRemaining: number;
  readonly totalEntered: number;
  readonly totalCfAbs: number;
  readonly totalNewMarks: number;
}

/** The externally marked candidates of one centre. */
export interface MarkSheetModel extends Document {
  readonly kind: 'mark-sheet';
  readonly centre: CentreShown;
  /** Empty for the whole centre. */
  readonly examiner: string;
  readonly rows: readonly {
    readonly candidate: string;
    readonly name: string;
    readonly state: 'blank' | 'outstanding' | 'entered' | 'submitted';
    readonly mark?: number | 'ABS';
    readonly savedAt?: string;
  }[];
}

/** The sample of one centre, or of its consortium, with both marks. */
export interface SampleSheetModel extends Document {
  readonly kind: 'sample-sheet';
  readonly centres: readonly CentreShown[];
  readonly moderator: string;
  readonly state: ModerationPhase;
  readonly tolerance: number;
  readonly rows: readonly {
    readonly centre: string;
    readonly candidate: string;
    readonly name: string;
    readonly teachingGroup: string;
    readonly centreMark: CentreMark;
    readonly moderatorMark?: number;
    readonly isReceived: boolean;
  }[];
}

export interface ReceiptModel extends Document {
  readonly kind: 'receipt';
  readonly receipt: string;
  readonly person: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly marks: number;
  readonly absent: number;
  readonly late: boolean;
  readonly logHead?: { readonly position: string; readonly hash: string };
  readonly sheets: readonly (CentreShown & {
    readonly marks: number;
    readonly absent: number;
    /** Sum of the marks. */
    readonly total: number;
  })[];
  /** `why`: the reason of a refusal, `changed-elsewhere`. */
  readonly leftOut: readonly { readonly centre: string; readonly candidate: string; readonly why: string }[];
}

export interface CentreReportModel extends Document {
  readonly kind: 'centre-report';
  readonly centres: readonly CentreShown[];
  readonly counts: { readonly entered: number; readonly cfAbs: number; readonly sample: number };
  readonly isCompleted: boolean;
  readonly report: {
    /** In which the texts are written. */
    readonly language: Language;
    readonly accuracy: string;
    readonly administration: string;
    readonly tasks: string;
    readonly comments: string;
  };
}

/** Everything that was recorded about one candidate's mark, or about all of a centre, oldest first. */
export interface AuditReportModel extends Document {
  readonly kind: 'audit-report';
  readonly of: 'marking' | 'moderating';
  readonly centres: readonly CentreShown[];
  readonly candidate?: { readonly number: string; readonly name: string };
  readonly entries: readonly AuditEntryShown[];
}

/** The marks of a component, one row a candidate. */
export interface ExportModel extends Document {
  readonly kind: 'export';
  readonly format: 'csv' | 'xlsx' | 'json';
  readonly rows: readonly ExportRow[];
}

/** Empty or absent where there is nothing. An examiner's mark stands where a moderator's does. */
export interface ExportRow {
  readonly centre: string;
  readonly candidate: string;
  readonly uci: string;
  readonly status: 'MARK' | 'ABS' | 'CF' | 'NONE';
  readonly centreMark?: number;
  readonly isSampled: boolean;
  readonly moderatorMark?: number;
  /** Only where it is final: submitted, or its outcome approved. */
  readonly finalMark?: number;
  readonly outcome: string;
  readonly submittedAt: string;
  /** Of the last event about the candidate. */
  readonly position: string;
}
