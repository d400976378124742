import type { EmiSummary, MarkValue, Receipt, Sheet, SheetCandidate } from '@portal/contract';
import type { Sentence } from '../../platform/screen.js';

export type SubmissionPage = 'waiting' | 'summary' | 'confirm' | 'sending' | 'failed' | 'receipt';

export interface SubmissionState {
  readonly page: SubmissionPage;
  readonly component: EmiSummary;
  readonly sheets: readonly Sheet[];
  /** Candidates of the component without a mark. */
  readonly left: number;
  /** Typed, refused, and recorded nowhere: not among what is submitted. */
  readonly notTaken: readonly NotTaken[];
  /** The same for every attempt, so that a lost answer never submits twice. */
  readonly commandId: string;
  /** Marks on this machine that are still to be sent. */
  readonly queued: number;
  readonly isOffline: boolean;
  readonly receipt: Receipt | undefined;
  readonly problem: Sentence | undefined;
  readonly saved: Sentence | undefined;
  /** First line shown, where the page is longer than the terminal. */
  readonly top: number;
}

export type SubmissionMessage =
  | { readonly type: 'waiting'; readonly queued: number; readonly isOffline: boolean }
  | { readonly type: 'prepared'; readonly sheets: readonly Sheet[]; readonly left: number; readonly notTaken?: readonly NotTaken[] }
  | { readonly type: 'submitted'; readonly receipt: Receipt }
  /** `mayRepeat`: the same command once more is the way on; else the summary is read again. */
  | { readonly type: 'refused'; readonly sentence: Sentence; readonly mayRepeat: boolean }
  | { readonly type: 'saved'; readonly sentence: Sentence };

export interface NotTaken {
  readonly centre: string;
  readonly candidate: string;
  readonly typed: string;
}

export interface SeenSheet {
  readonly centre: string;
  readonly candidates: readonly { readonly candidate: string; readonly revision: number }[];
}

export type SubmissionEffect =
  | { readonly type: 'submission/prepare'; readonly component: string }
  | {
      readonly type: 'submission/submit';
      readonly component: string;
      readonly sheets: readonly SeenSheet[];
      readonly commandId: string;
    }
  | { readonly type: 'submission/save'; readonly receipt: Receipt };

export interface Summary {
  readonly marks: number;
  readonly absent: number;
  readonly total: number;
  readonly sheets: readonly SheetTotals[];
  readonly unconfirmed: readonly { readonly centre: string; readonly candidate: string; readonly mark: number }[];
}

export interface SheetTotals {
  readonly centre: string;
  readonly name: string;
  readonly marks: number;
  readonly absent: number;
  readonly total: number;
}

/** What would be submitted: every entered candidate as it stands. */
export function summarise(sheets: readonly Sheet[]): Summary {
  const totals = sheets.map(totalsOf).filter(({ marks, absent }) => marks + absent > 0);
  const sum = (of: 'marks' | 'absent' | 'total') => totals.reduce((all, sheet) => all + sheet[of], 0);
  return {
    marks: sum('marks'),
    absent: sum('absent'),
    total: sum('total'),
    sheets: totals,
    unconfirmed: sheets.flatMap(unconfirmedOf),
  };
}

/** What the person saw, candidate by candidate: one changed since is left out and named. */
export function seen(sheets: readonly Sheet[]): readonly SeenSheet[] {
  return sheets
    .map((sheet) => ({
      centre: sheet.centre,
      candidates: entered(sheet).map(({ candidate, revision }) => ({ candidate, revision })),
    }))
    .filter(({ candidates }) => candidates.length > 0);
}

function entered(sheet: Sheet): readonly SheetCandidate[] {
  return sheet.candidates.filter(({ state }) => state === 'entered');
}

function totalsOf(sheet: Sheet): SheetTotals {
  const values = entered(sheet).map(({ mark }) => mark);
  const numbers = values.filter((mark): mark is Extract<MarkValue, number> => typeof mark === 'number');
  return {
    centre: sheet.centre,
    name: sheet.name,
    marks: numbers.length,
    absent: values.length - numbers.length,
    total: numbers.reduce((sum, mark) => sum + mark, 0),
  };
}

function unconfirmedOf(sheet: Sheet): Summary['unconfirmed'] {
  return entered(sheet)
    .filter(({ confirmed, mark }) => !confirmed && typeof mark === 'number')
    .map(({ candidate, mark }) => ({ centre: sheet.centre, candidate, mark: mark as number }));
}
