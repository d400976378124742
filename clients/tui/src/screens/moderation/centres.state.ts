import type { IamisCentre, IamisSummary } from '@portal/contract';
import { clamp, matches, type ListState } from '../../components/list.js';
import type { Asking } from './deeds.js';
import type { At } from './moderation.messages.js';

export interface CentresState extends Asking {
  readonly component: IamisSummary;
  /** Only those whose outcome waits to be approved. */
  readonly isApprovals: boolean;
  readonly centres: readonly IamisCentre[] | undefined;
  readonly list: ListState;
  readonly move: Move | undefined;
}

export interface Moderator {
  readonly person: string;
  readonly displayName: string;
  readonly role: string;
}

/** A centre goes to another moderator: whom to, and what becomes of marks that stand already. */
export type Move =
  | { readonly kind: 'loading'; readonly centre: IamisCentre }
  | { readonly kind: 'to'; readonly centre: IamisCentre; readonly moderators: readonly Moderator[]; readonly selected: number }
  | { readonly kind: 'entered'; readonly at: At; readonly to: string };

export function shownCentres(state: CentresState): readonly IamisCentre[] {
  return (state.centres ?? []).filter(
    (one) =>
      (!state.isApprovals || one.state === 'submitted') &&
      matches(state.list, `${one.centre} ${one.name} ${one.moderator} ${one.moderatorName} ${one.state} ${one.outcome} ${one.flags.join(' ')}`),
  );
}

export function centreAt(state: CentresState): IamisCentre | undefined {
  const rows = shownCentres(state);
  return rows[clamp(state.list.selected, rows.length)];
}
