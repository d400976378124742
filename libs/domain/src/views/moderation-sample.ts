/** What a moderator sees of a centre: the sample with both marks. Folded from its own stream, when asked. */
import { fold } from '../decider.js';
import type { CentreMark } from '../adjustment/outcome.js';
import { inPoints } from '../mark.js';
import type { Candidate } from '../moderation/candidates.js';
import { hasNewMark, inOrder } from '../moderation/candidates.js';
import type { ModerationEvent } from '../moderation/events.js';
import { evolve } from '../moderation/evolve.js';
import type { Moderation, Phase } from '../moderation/state.js';
import { initial, phaseOf, scaleOf } from '../moderation/state.js';
import type { SampleRule } from '../sampling/rules.js';
import type { Recorded } from './view.js';

export interface SampleRow {
  readonly centre: string;
  readonly candidate: string;
  readonly teachingGroup: string;
  /** In points, as is the moderator's. */
  readonly centreMark: CentreMark;
  readonly moderatorMark: number | undefined;
  /** False: the work did not come. */
  readonly isReceived: boolean;
  /** ISO instant of the moderator's mark as it stands. */
  readonly savedAt: string | undefined;
  /** What a command about this candidate quotes. */
  readonly revision: number;
}

export interface Sample {
  /** Of the stream's last event, −1 where there is none. */
  readonly revision: number;
  readonly component: string;
  readonly centres: readonly string[];
  readonly moderator: string | undefined;
  readonly state: Phase;
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly rule: SampleRule | undefined;
  readonly seed: string | undefined;
  /** In the order of centre and number. */
  readonly rows: readonly SampleRow[];
}

/** All events of one moderation stream. */
export function sampleOf(events: readonly Recorded[]): Sample {
  const state = moderationIn(events);
  const times = savedAt(events);
  const { revision, component, centres, moderator, draw } = state;
  const rows = inOrder(state.candidates).filter(({ isSampled }) => isSampled);
  return {
    revision,
    component,
    centres,
    moderator,
    state: phaseOf(state),
    ...scaleOf(state),
    rule: draw?.rule,
    seed: draw?.seed,
    rows: rows.map((one) => row(one, state, times.get(`${one.centre}/${one.candidate}`))),
  };
}

export function moderationIn(events: readonly Recorded[]): Moderation {
  return fold({ initial, evolve }, events as unknown as readonly ModerationEvent[]);
}

export function centreMarkInPoints(candidate: Candidate, { halfMarks }: Moderation): CentreMark {
  return hasNewMark(candidate) ? Number(inPoints(candidate.mark, halfMarks)) : candidate.mark;
}

export function moderatorMarkInPoints({ moderatorMark: mark }: Candidate, { halfMarks }: Moderation): number | undefined {
  return mark === undefined ? undefined : Number(inPoints(mark, halfMarks));
}

function row(candidate: Candidate, state: Moderation, recordedAt: string | undefined): SampleRow {
  const { centre, candidate: number, teachingGroup, isReceived, revision } = candidate;
  const moderatorMark = moderatorMarkInPoints(candidate, state);
  return {
    centre,
    candidate: number,
    teachingGroup,
    centreMark: centreMarkInPoints(candidate, state),
    moderatorMark,
    isReceived,
    savedAt: moderatorMark === undefined ? undefined : recordedAt,
    revision,
  };
}

function savedAt(events: readonly Recorded[]): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const { type, data, metadata } of events) {
    if (type !== 'ModeratorMarkEntered' && type !== 'ModeratorMarkCorrected') continue;
    const { centre, candidate } = data as { readonly centre: string; readonly candidate: string };
    times.set(`${centre}/${candidate}`, (metadata as { readonly recordedAt: string }).recordedAt);
  }
  return times;
}
