/** What may be asked of a moderation. Who asks, and in which role, is part of every command. */
import type { Choice } from '../adjustment/outcome.js';
import type { AdjustmentSettings, Anchor } from '../adjustment/settings.js';
import type { SampleRule } from '../sampling/rules.js';
import type { TextReference } from '../text.js';
import type { CandidateAt, ReportTexts } from './events.js';

export interface Asked {
  /** An account id. */
  readonly actor: string;
  /** The capacity acted in; which may ask what is one table, `permissions.ts`. */
  readonly role: string;
}

/** A text's id is used once, so a reason already recorded means: this was said before. */
interface Reasoned {
  readonly reason: TextReference;
}

export interface AllocateModerator extends Asked {
  readonly type: 'AllocateModerator';
  readonly component: string;
  /** The leading one first; one alone where there is no consortium. They stay what they are for good. */
  readonly centres: readonly string[];
  readonly moderator: string;
}

export interface ReallocateModerator extends Asked {
  readonly type: 'ReallocateModerator';
  readonly to: string;
  /** What becomes of marks entered and not submitted. */
  readonly entered?: 'keep' | 'clear';
  /** Whom the person asking is senior to, by the team at `teamRevision`. */
  readonly seniorTo: readonly string[];
  readonly teamRevision: number;
}

export interface CentreMarkRow {
  readonly candidate: string;
  /** Exactly as written: digits, `ABS` or `CF`. */
  readonly typed: string;
  readonly teachingGroup?: string;
}

/** Adds and corrects; all of the rows or none. */
export interface ReceiveCentreMarks extends Asked {
  readonly type: 'ReceiveCentreMarks';
  readonly component: string;
  readonly centres: readonly string[];
  readonly centre: string;
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly rows: readonly CentreMarkRow[];
}

export interface SubmitCentreMarks extends Asked {
  readonly type: 'SubmitCentreMarks';
  readonly rule: SampleRule;
  /** Chance, from the caller: a text nobody could have foreseen. */
  readonly seed: string;
  readonly withZeros?: boolean;
}

export interface ByModerator extends Asked, CandidateAt {
  /** The candidate's revision that the person saw; where given, it must still be so. */
  readonly expect?: number;
}

/** Exactly as typed: digits or `CLEAR`, on the component's own scale. */
export interface EnterModeratorMark extends ByModerator {
  readonly type: 'EnterModeratorMark';
  readonly typed: string;
}

export interface RequestFurtherSample extends Asked, Reasoned {
  readonly type: 'RequestFurtherSample';
  /** As many again as the rule asks for where absent. */
  readonly size?: number;
  readonly seed: string;
  /** Whom a team leader is senior to: the centre must be one of theirs. */
  readonly seniorTo?: readonly string[];
}

export interface RequestCentreMarkChange extends Asked, Reasoned, CandidateAt {
  readonly type: 'RequestCentreMarkChange';
  readonly typed: string;
  /** For a candidate who is new. */
  readonly teachingGroup?: string;
}

/** The component's settings now: recorded with the outcome, which they never move afterwards. */
export type SettingsNow = Omit<AdjustmentSettings, 'maximum' | 'halfMarks'>;

export interface SubmitModeration extends Asked {
  readonly type: 'SubmitModeration';
  readonly settings: SettingsNow;
  readonly deadline?: string;
  /** Now against that deadline: the clock is the caller's. */
  readonly late: boolean;
}

export interface ChooseOutcome extends Asked, Reasoned {
  readonly type: 'ChooseOutcome';
  readonly choice: Choice;
  /** In place of those of the outcome in force. */
  readonly tolerance?: number;
  readonly lambda?: string;
  readonly anchors?: readonly Anchor[];
}

export interface ApproveOutcome extends Asked {
  readonly type: 'ApproveOutcome';
  /** The outcome that the person saw, by its revision. */
  readonly outcome: number;
  /** Principals and chairs of the component: named where this one may not. */
  readonly approvers: readonly string[];
}

export type ModerationCommand =
  | AllocateModerator
  | ReallocateModerator
  | ReceiveCentreMarks
  | SubmitCentreMarks
  | EnterModeratorMark
  | ({ readonly type: 'ReportWorkNotReceived' } & ByModerator & Reasoned)
  | ({ readonly type: 'ReportWorkReceived' } & ByModerator)
  | ({ readonly type: 'ReplaceSampleCandidate' } & ByModerator & Reasoned)
  | RequestFurtherSample
  | RequestCentreMarkChange
  | ({ readonly type: 'ApproveCentreMarkChange'; readonly change: number } & Asked)
  | ({ readonly type: 'RefuseCentreMarkChange'; readonly change: number } & Asked & Reasoned)
  | ({ readonly type: 'SaveReport'; readonly report: ReportTexts } & Asked)
  | ({ readonly type: 'CompleteReport'; readonly report: ReportTexts } & Asked)
  | ({ readonly type: 'ReopenReport' } & Asked)
  | SubmitModeration
  | ChooseOutcome
  | ApproveOutcome
  | ({ readonly type: 'ReturnOutcome' } & Asked & Reasoned)
  | ({ readonly type: 'ReturnCentreMarks' } & Asked & Reasoned);

export type CommandOf<Type extends ModerationCommand['type']> = Extract<ModerationCommand, { readonly type: Type }>;
