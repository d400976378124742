import type { MarkEntered, Verdict } from '@portal/contract';
import type { ApiProblem } from '../../platform/api/result.js';
import type { CommonEffect, CommonMessage, Sentence, Update } from '../../platform/screen.js';
import type { At, DeedEffect, PageMessage, ReadEffect } from './moderation.messages.js';
import type { ReviewState } from './review.state.js';

/** A mark as it goes to the journal, and from there to the service. */
export interface ReviewedMark {
  /** The candidate's own, also in a consortium. */
  readonly centre: string;
  readonly candidate: string;
  readonly mark: string;
  readonly expect: number;
  readonly commandId: string;
  readonly enteredAt: string;
  readonly capacity: string | undefined;
}

/** What this machine still keeps of an earlier start. */
export interface Left {
  /** Typed, no mark, and recorded nowhere. */
  readonly aside: readonly { readonly centre: string; readonly candidate: string; readonly typed: string }[];
  readonly queued: readonly Pick<ReviewedMark, 'centre' | 'candidate' | 'mark' | 'commandId'>[];
  readonly refused: readonly (Pick<ReviewedMark, 'centre' | 'candidate' | 'mark' | 'commandId'> & { readonly problem: ApiProblem })[];
}

/** The answer of the service to one mark. */
export type MarkAnswered = Pick<ReviewedMark, 'centre' | 'candidate' | 'mark' | 'commandId'> &
  ({ readonly recorded: MarkEntered & { readonly verdict?: Verdict } } | { readonly refused: ApiProblem });

export type ReviewMessage =
  | PageMessage
  | ({ readonly type: 'left' } & Left)
  | { readonly type: 'journaled'; readonly commandId: string }
  | { readonly type: 'not-journaled'; readonly mark: ReviewedMark; readonly reason: string }
  | { readonly type: 'answered'; readonly answer: MarkAnswered }
  | { readonly type: 'connection'; readonly connection: ReviewState['connection'] };

export type ReviewEffect =
  | ReadEffect
  | DeedEffect
  /** Listens, and tells what an earlier start left; `centres` are those of the sample. */
  | { readonly type: 'moderation/listen'; readonly at: At; readonly centres: readonly string[] }
  | { readonly type: 'moderation/leave'; readonly at: At }
  | { readonly type: 'moderation/commit'; readonly at: At; readonly mark: ReviewedMark }
  /** Kept on this machine, so that it is not lost out of sight; null where something has taken its place. */
  | { readonly type: 'moderation/set-aside'; readonly at: At; readonly centre: string; readonly candidate: string; readonly typed: string | null }
  | { readonly type: 'moderation/dismiss'; readonly at: At; readonly commandIds: readonly string[] };

export type Next = Update<ReviewState, ReviewEffect | CommonEffect>;
export type AnyMessage = ReviewMessage | CommonMessage;

export const stay = (state: ReviewState, ...effects: readonly (ReviewEffect | CommonEffect)[]): Next => ({ state, effects });

/** A bell and the words for it. */
export const warn = (state: ReviewState, sentence: Sentence): Next => stay(state, { type: 'bell' }, { type: 'say', sentence, as: 'warning' });

export const placeOf = (state: ReviewState): At => ({ component: state.component.component, centre: state.centre });
