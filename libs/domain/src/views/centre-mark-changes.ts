/** Which single marks of a centre were to be changed, asked by whom, and what became of it? Folded when asked. */
import type { CentreMark } from '../adjustment/outcome.js';
import { inPoints } from '../mark.js';
import { candidateAt } from '../moderation/candidates.js';
import type { ModerationEvent } from '../moderation/events.js';
import { evolve } from '../moderation/evolve.js';
import { initial } from '../moderation/state.js';
import type { TextReference } from '../text.js';
import type { Recorded } from './view.js';

export interface ChangeRow {
  /** What a decision names: the revision of the request. */
  readonly change: number;
  readonly kind: 'amendment' | 'late';
  readonly centre: string;
  readonly candidate: string;
  /** In points, as it stood when the change was asked for; undefined for a mark that comes late. */
  readonly from: CentreMark | undefined;
  readonly to: CentreMark;
  readonly state: 'requested' | 'approved' | 'refused';
  /** An account id. */
  readonly by: string;
  readonly reason: TextReference;
}

/** All events of one moderation stream; what a return of the marks has made void is not listed. */
export function centreMarkChanges(events: readonly Recorded[]): readonly ChangeRow[] {
  const before = new Map<number, CentreMark | undefined>();
  let state = initial;
  for (const recorded of events) {
    const event = recorded as unknown as ModerationEvent;
    if (event.type === 'CentreMarkChangeRequested') {
      before.set(state.revision + 1, candidateAt(state.candidates, event.data)?.mark);
    }
    state = evolve(state, event);
  }
  const { halfMarks } = state;
  const points = (mark: CentreMark): CentreMark => (mark === 'CF' ? mark : inPoints(mark, halfMarks));
  return [...state.changes].map(([change, { mark, teachingGroup: _, ...asked }]) => {
    const from = before.get(change);
    return { change, ...asked, from: from === undefined ? undefined : points(from), to: points(mark) };
  });
}
