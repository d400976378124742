import type { MarkValue, Verdict } from '@portal/contract';
import { moderationScaleOf, verdictOf, type CentreMark, type Moderating, type Moderation, type Outcome } from '@portal/domain';

/** How a centre stands by the settings of today: recorded nowhere. */
export function verdictNow(state: Moderation, { settings }: Moderating): Verdict {
  if (state.draw === undefined || state.nothingToModerate) return NOTHING_DRAWN;
  const { isPending, ...outcome } = verdictOf(state, { ...settings, ...moderationScaleOf(state) });
  return { ...shownVerdict(outcome), ...(isPending && { stage: 'pending' }) };
}

export function shownVerdict({ stage, method, a, b, rho, flags }: Omit<Outcome, 'adjusted'>): Verdict {
  return { stage, method, a: a ?? null, b: b ?? null, rho: rho ?? null, flags: [...flags] };
}

/** Absent is null on the wire. */
export const shownMark = (mark: CentreMark | undefined): MarkValue => mark ?? null;

const NOTHING_DRAWN: Verdict = { stage: 'pending', method: null, a: null, b: null, rho: null, flags: [] };
