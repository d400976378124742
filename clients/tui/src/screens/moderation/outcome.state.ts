import type { IamisOutcome, IamisSummary } from '@portal/contract';
import type { Field } from '../../components/field.js';
import type { Asking } from './deeds.js';
import type { Looking } from './whose-centre.js';
import type { At } from './moderation.messages.js';

export interface OutcomeState extends Asking, Looking {
  readonly component: IamisSummary;
  readonly centre: string;
  readonly name: string;
  readonly outcome: IamisOutcome | undefined;
  /** First candidate shown. */
  readonly top: number;
  readonly mode: OutcomeMode;
}

export type OutcomeMode =
  | { readonly kind: 'looking' }
  | { readonly kind: 'confirm'; readonly of: 'submit' | 'approve' }
  | { readonly kind: 'reason'; readonly of: 'outcome' | 'centre-marks'; readonly field: Field };

export const LOOKING: OutcomeMode = { kind: 'looking' };

export const atOf = ({ component, centre }: { readonly component: IamisSummary; readonly centre: string }): At => ({
  component: component.component,
  centre,
});

/** How many marks would move, and how far, in points; ABS and CF are no marks. */
export function movedIn({ candidates }: IamisOutcome): { readonly moved: number; readonly of: number; readonly smallest: number; readonly largest: number } {
  const differences = candidates.flatMap(({ centreMark, adjusted }) =>
    typeof centreMark === 'number' && typeof adjusted === 'number' ? [adjusted - centreMark] : []);
  const moved = differences.filter((one) => one !== 0);
  return {
    moved: moved.length,
    of: candidates.filter(({ centreMark }) => typeof centreMark === 'number').length,
    smallest: moved.length === 0 ? 0 : Math.min(...moved),
    largest: moved.length === 0 ? 0 : Math.max(...moved),
  };
}
