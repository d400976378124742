import type { HistoryEntry, Sheet } from '@portal/contract';
import type { ApiProblem } from '../../platform/api/result.js';
import type { OutboxAnswer, TypedMark } from '../../platform/outbox/outbox.js';
import type { RefusedMark, SetAside } from '../../platform/journal/entries.js';
import type { Aside } from '../../platform/journal/journal.js';
import type { CommonEffect, Sentence, Update } from '../../platform/screen.js';
import type { GridState, Status } from './grid.state.js';

/** What reaches the grid besides keys, and what it wants done. */

export type GridMessage =
  | { readonly type: 'loaded'; readonly sheet: Sheet; readonly queued: readonly TypedMark[]; readonly refused: readonly RefusedMark[]; readonly aside?: readonly Aside[] }
  | { readonly type: 'refused'; readonly sentence: Sentence }
  /** These marks are on this machine's disk. */
  | { readonly type: 'journaled'; readonly commandIds: readonly string[] }
  /** They could not be kept on this machine's disk: nothing was taken. */
  | { readonly type: 'not-journaled'; readonly commandIds: readonly string[]; readonly reason: string }
  | { readonly type: 'answered'; readonly answer: OutboxAnswer }
  | { readonly type: 'status'; readonly status: Status }
  | { readonly type: 'history'; readonly candidate: string; readonly entries: readonly HistoryEntry[] }
  | { readonly type: 'verified'; readonly candidate: string; readonly mark: string; readonly problem: ApiProblem | undefined }
  /** Flag, script, concern, unlisted script: done, or why not. */
  | { readonly type: 'reported'; readonly sentence: Sentence; readonly isDone: boolean };

export interface OnSheet {
  readonly component: string;
  readonly centre: string;
}

export type Report =
  | { readonly kind: 'flag'; readonly flagged: boolean }
  | { readonly kind: 'script'; readonly received: boolean; readonly reason?: string }
  | { readonly kind: 'concern'; readonly concern: (typeof CONCERNS)[number] };

export const CONCERNS = ['malpractice', 'special-consideration', 'illegible', 'wrong-paper', 'other'] as const;

export type GridEffect =
  | ({ readonly type: 'mark-entry/open' } & OnSheet)
  | ({ readonly type: 'mark-entry/reload' } & OnSheet)
  | ({ readonly type: 'mark-entry/close' } & OnSheet)
  | ({ readonly type: 'mark-entry/commit'; readonly marks: readonly TypedMark[] } & OnSheet)
  | ({ readonly type: 'mark-entry/set-aside'; readonly entries: readonly SetAside[] } & OnSheet)
  | ({ readonly type: 'mark-entry/dismiss'; readonly commandIds: readonly string[] } & OnSheet)
  | ({ readonly type: 'mark-entry/history'; readonly candidate: string } & OnSheet)
  | ({
      readonly type: 'mark-entry/verify';
      readonly candidate: string;
      readonly mark: string;
      readonly keep?: 'first' | 'second';
      readonly expect: number;
      readonly commandId: string;
    } & OnSheet)
  | ({ readonly type: 'mark-entry/report'; readonly candidate: string; readonly report: Report; readonly commandId: string } & OnSheet)
  | ({ readonly type: 'mark-entry/unlisted'; readonly number: string; readonly commandId: string } & OnSheet);

export type Next = Update<GridState, GridEffect | CommonEffect>;

export const stay = (state: GridState, ...effects: readonly (GridEffect | CommonEffect)[]): Next => ({ state, effects });

export const sheetOf = (state: GridState): OnSheet => ({ component: state.component.component, centre: state.centre });

/** A bell and the words for it. */
export const warn = (state: GridState, sentence: Sentence): Next =>
  stay(state, { type: 'bell' }, { type: 'say', sentence, as: 'warning' });
