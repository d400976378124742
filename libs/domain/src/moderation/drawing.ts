/** Who is in the sample: drawn when the marks are closed, then added to and replaced, never drawn again. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import { sampleSize } from '../sampling/rules.js';
import type { Eligible } from '../sampling/sample.js';
import { drawFurther, drawSample, nearest } from '../sampling/sample.js';
import { isTextReference } from '../text.js';
import type { Candidate, Candidates } from './candidates.js';
import { hasNewMark, inOrder, keyOf } from './candidates.js';
import type { CommandOf, RequestFurtherSample, SubmitCentreMarks } from './commands.js';
import type { CandidateAt, ModerationEvent } from './events.js';
import { changedElsewhere, notYours, reference, reviewed, whose } from './ownership.js';
import type { ModerationRefusal } from './refusal.js';
import type { DrawKept, Moderation } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

/** A consortium is one cohort; each of its centres and teaching groups is to be covered. */
export function firstSample({ rule, seed, withZeros }: SubmitCentreMarks, state: Moderation): ModerationEvent {
  const kept = withZeros === true ? { withZeros } : {};
  const drawn = drawSample(eligible(state.candidates), { rule, seed, ...kept });
  const data = { rule, seed, ...kept, ...whose(state) };
  if (drawn.length === 0) return { type: 'ModerationClosed', data: { why: 'nothing-to-moderate', ...data } };
  return { type: 'SampleDrawn', data: { ...data, candidates: drawn.map(reference) } };
}

/** Adds to sample and counts, and reopens an outcome not yet approved. */
export function requestFurtherSample(command: RequestFurtherSample, state: Moderation): Decided {
  const { reason, seed } = command;
  if (state.said.has(reason.text)) return accept();
  const refused = notInYourPart(command, state);
  if (refused !== undefined) return refused;
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  if (seed === '') return refuse({ reason: 'SettingMalformed', field: 'seed' });
  const { draw } = state;
  if (draw === undefined) return refuse({ reason: 'CentreMarksOpen' });
  if (state.approved) return refuse({ reason: 'ModerationLocked', state: 'approved' });
  const cohort = eligible(state.candidates);
  const size = command.size ?? sampleSize(draw.rule, cohort.length);
  if (!Number.isSafeInteger(size) || size < 1) return refuse({ reason: 'SettingMalformed', field: 'size' });
  const drawn = drawFurther(cohort, taken(state.candidates), { size, seed, withZeros: draw.withZeros });
  if (drawn.length === 0) return refuse({ reason: 'NobodyEligible' });
  return accept(
    { type: 'FurtherSampleRequested', data: { size, reason, ...whose(state) } },
    further(state, { draw, seed, cause: 'requested', drawn }),
  );
}

/** By whoever has the nearest mark: for one whose work did not come, or cannot be looked at. */
export function replaceSampleCandidate(command: CommandOf<'ReplaceSampleCandidate'>, state: Moderation): Decided {
  const { reason, expect } = command;
  if (state.said.has(reason.text)) return accept();
  const found = reviewed(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  if (candidate.moderatorMark !== undefined) return refuse({ reason: 'EnteredMarksRemain', candidates: [keyOf(candidate)] });
  const changed = changedElsewhere(state, candidate, expect);
  if (changed !== undefined) return changed;
  const stand = standIn(candidate, state);
  if (stand === undefined) return refuse({ reason: 'NobodyEligible' });
  const was = candidate.isReceived ? 'blank' : 'not-received';
  const data = { out: reference(candidate), in: reference(stand), was, reason, ...whose(state) } as const;
  return accept({ type: 'SampleCandidateReplaced', data });
}

/** Where a changed mark is the highest or lowest and nobody in the sample has it: one who has joins the sample. */
export function newExtremes(state: Moderation, candidates: Candidates): readonly ModerationEvent[] {
  const { draw } = state;
  if (draw === undefined) return [];
  const ranked = eligible(candidates).filter(({ mark, isReplaced }) => !isReplaced && (draw.withZeros || mark > 0));
  const sampled = new Set(ranked.filter(({ isSampled }) => isSampled).map(({ mark }) => mark));
  const marks = ranked.map(({ mark }) => mark);
  const ends = new Set(marks.length === 0 ? [] : [Math.max(...marks), Math.min(...marks)]);
  const drawn = [...ends]
    .filter((mark) => !sampled.has(mark))
    .flatMap((mark) => nearest(ranked, taken(candidates), { mark, ...draw }) ?? []);
  return drawn.length === 0 ? [] : [further(state, { draw, seed: draw.seed, cause: 'new-extreme', drawn })];
}

/** One's own centre, a team leader's part of the team, or a principal's and chair's whole. */
function notInYourPart(
  command: RequestFurtherSample,
  state: Moderation,
): { readonly refused: ModerationRefusal } | undefined {
  const { actor, role, seniorTo = [] } = command;
  const { moderator } = state;
  if (role === 'moderator') return notYours(state, command);
  if (role !== 'team-leader' || moderator === actor) return undefined;
  if (moderator === undefined) return refuse({ reason: 'NobodyAllocated' });
  return seniorTo.includes(moderator) ? undefined : refuse({ reason: 'NotSenior', person: moderator });
}

function eligible(candidates: Candidates): readonly (Candidate & Eligible)[] {
  return inOrder(candidates)
    .filter(hasNewMark)
    .map((one) => ({ ...one, key: keyOf(one), group: `${one.centre}/${one.teachingGroup}` }));
}

function taken(candidates: Candidates): ReadonlySet<string> {
  return new Set([...candidates.values()].filter((one) => one.isSampled || one.isReplaced).map(keyOf));
}

function standIn({ mark }: Candidate, { candidates, draw }: Moderation): CandidateAt | undefined {
  if (draw === undefined || typeof mark !== 'number') return undefined;
  return nearest(eligible(candidates), taken(candidates), { mark, ...draw });
}

interface Further {
  readonly draw: DrawKept;
  readonly seed: string;
  readonly cause: 'requested' | 'new-extreme';
  readonly drawn: readonly CandidateAt[];
}

function further(state: Moderation, { draw: { rule }, seed, cause, drawn }: Further): ModerationEvent {
  return { type: 'FurtherSampleDrawn', data: { rule, seed, cause, candidates: drawn.map(reference), ...whose(state) } };
}
