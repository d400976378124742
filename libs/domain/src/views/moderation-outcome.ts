/** What came of a moderation, or would come of it: the outcome in force, and what it makes of every candidate. */
import type { CentreMark, Choice, Flag, Outcome } from '../adjustment/outcome.js';
import { outcomeOf } from '../adjustment/outcome.js';
import type { AdjustmentSettings } from '../adjustment/settings.js';
import { inPoints } from '../mark.js';
import { inOrder, isRemaining, keyOf } from '../moderation/candidates.js';
import type { ModerationEvent } from '../moderation/events.js';
import { moderated } from '../moderation/outcomes.js';
import type { Moderation } from '../moderation/state.js';
import { centreMarkInPoints, moderationIn, moderatorMarkInPoints } from './moderation-sample.js';
import type { Recorded } from './view.js';

export interface OutcomeRow {
  readonly centre: string;
  readonly candidate: string;
  /** In points, as are the others. */
  readonly centreMark: CentreMark;
  readonly moderatorMark: number | undefined;
  /** What stands after the outcome: the centre's own mark or code where nothing is adjusted; undefined while open. */
  readonly adjusted: CentreMark | undefined;
}

export interface ModerationOutcome {
  readonly stage: 'pending' | Outcome['stage'];
  /** What an approval names; undefined while nothing is computed. */
  readonly outcome: number | undefined;
  readonly isApproved: boolean;
  readonly method: Choice | undefined;
  /** In points. */
  readonly tolerance: number | undefined;
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly rho: string | undefined;
  readonly flags: readonly Flag[];
  readonly rows: readonly OutcomeRow[];
}

/** All events of one moderation stream: only what was recorded counts, whatever the settings are today. */
export function moderationOutcome(events: readonly Recorded[]): ModerationOutcome {
  const state = moderationIn(events);
  const revision = state.outcome?.revision;
  const computed = revision === undefined ? undefined : computedIn(events[revision]);
  if (revision === undefined || computed === undefined) return pending(state);
  const { stage, method, settings, rho, a, b, flags } = computed;
  const adjusted = new Map(computed.adjusted.map((one) => [keyOf(one), one.mark]));
  const { tolerance } = settings;
  return { stage, outcome: revision, isApproved: state.approved, method, tolerance, a, b, rho, flags, rows: rowsOf(state, stage, adjusted) };
}

/**
 * How it looks so far, by some settings: for the screen, and recorded nowhere. Pending while work remains, but
 * with the flags of what there is.
 */
export function verdictOf(state: Moderation, settings: AdjustmentSettings): Outcome & { readonly isPending: boolean } {
  const isPending = [...state.candidates.values()].some(isRemaining);
  return { ...outcomeOf(moderated(state.candidates), settings), isPending };
}

type Computed = Extract<ModerationEvent, { readonly type: 'OutcomeComputed' }>['data'];

function computedIn(event: Recorded | undefined): Computed | undefined {
  return event?.type === 'OutcomeComputed' ? (event.data as Computed) : undefined;
}

function pending(state: Moderation): ModerationOutcome {
  const nothing = { outcome: undefined, method: undefined, tolerance: undefined, a: undefined, b: undefined, rho: undefined };
  return { stage: 'pending', isApproved: false, ...nothing, flags: [], rows: rowsOf(state, 'pending', new Map()) };
}

function rowsOf(
  state: Moderation,
  stage: ModerationOutcome['stage'],
  adjusted: ReadonlyMap<string, number>,
): readonly OutcomeRow[] {
  const isSettled = stage === 'accepted' || stage === 'adjusted';
  return inOrder(state.candidates).map((one) => {
    const { centre, candidate } = one;
    const centreMark = centreMarkInPoints(one, state);
    const mark = adjusted.get(keyOf(one));
    const after = mark === undefined ? centreMark : Number(inPoints(mark, state.halfMarks));
    const moderatorMark = moderatorMarkInPoints(one, state);
    return { centre, candidate, centreMark, moderatorMark, adjusted: isSettled ? after : undefined };
  });
}
