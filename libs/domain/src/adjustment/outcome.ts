/**
 * From a sample to an outcome, in two stages: within the tolerance the centre's marks stand, all of them; else the
 * whole cohort is adjusted by one rule, provided that moderator and centre put the candidates in the same order.
 *
 * Whatever the rule: zero stays zero, ABS and CF stay, and a mark lies between 0 and the maximum. A line never
 * changes the order of two candidates nor parts two who were equal. A mark is rounded once, at the end, half up.
 */
import type { Fit } from './fit.js';
import { fitted } from './fit.js';
import { compared, fraction, minus, roundedHalfUp } from './fraction.js';
import type { Order, Pair } from './order.js';
import { orderOf, sumsOf } from './order.js';
import type { AdjustmentSettings, Method } from './settings.js';

export type CentreMark = number | 'ABS' | 'CF';

/** Marks in the unit of the component. */
export interface Moderated {
  readonly key: string;
  readonly centreMark: CentreMark;
  readonly moderatorMark?: number;
  /** Sampled, but the work did not come: leaves a flag. */
  readonly workNotReceived?: boolean;
}

/** What a principal may decide where no rule does. */
export type Choice = Method | 'use-moderator-marks' | 'accept';

/** Why nothing is adjusted by itself, whatever the stage is called: the order, or what a line would need. */
export type Doubt = 'too-few-pairs' | 'no-variance' | 'low-rho' | 'slope-not-positive' | 'no-anchors';
export type Flag = Doubt | 'large-adjustment' | 'poor-fit' | 'weak-evidence' | 'work-not-received';

export interface Outcome {
  readonly stage: 'accepted' | 'adjusted' | 'order-doubtful';
  /** What the marks follow from; where nothing was adjusted, what would have been used. */
  readonly method: Choice;
  readonly rho?: string;
  readonly a?: string;
  readonly b?: string;
  readonly flags: readonly Flag[];
  /** Everybody with a new mark where the cohort is adjusted, else nobody. */
  readonly adjusted: readonly { readonly key: string; readonly mark: number }[];
}

/** Why a choice of the principal's cannot be carried out. */
export type Unsuitable = Exclude<Doubt, 'low-rho'> | 'cohort-not-sampled';

const FEWEST_PAIRS = 3;
const PAIRS_FOR_EVIDENCE = 6;

/** By the settings alone. In the order of `cohort`, whose order means nothing else. */
export function outcomeOf(cohort: readonly Moderated[], settings: AdjustmentSettings): Outcome {
  const evidence = evidenceOf(cohort, settings);
  if (evidence.isWithinTolerance) return accepted(evidence, settings.method);
  const doubts = doubtsOf(evidence);
  if (doubts.length > 0) return doubtful(evidence, settings.method, doubts);
  if (settings.useModeratorMarks === true && isWhollySampled(cohort)) {
    return withModeratorMarks(cohort, evidence, settings);
  }
  const found = fitFor(evidence, settings);
  if ('unsuitable' in found) return doubtful(evidence, settings.method, [found.unsuitable]);
  return alongFit(cohort, evidence, settings, found);
}

/** By a principal's decision: the order may be in doubt, but what is within the tolerance stands all the same. */
export function chosenOutcome(
  cohort: readonly Moderated[],
  settings: AdjustmentSettings,
  choice: Choice,
): Outcome | { readonly unsuitable: Unsuitable } {
  const evidence = evidenceOf(cohort, settings);
  if (choice === 'use-moderator-marks' && !isWhollySampled(cohort)) return { unsuitable: 'cohort-not-sampled' };
  if (choice === 'accept' || evidence.isWithinTolerance) return accepted(evidence, choice);
  if (choice === 'use-moderator-marks') return withModeratorMarks(cohort, evidence, settings);
  const chosen = { ...settings, method: choice };
  const found = fitFor(evidence, chosen);
  return 'unsuitable' in found ? found : alongFit(cohort, evidence, chosen, found);
}

interface Evidence {
  readonly pairs: readonly Pair[];
  readonly isWithinTolerance: boolean;
  readonly order: Order | undefined;
  readonly rises: boolean;
  /** Of any outcome but an accepted one. */
  readonly flags: readonly Flag[];
  readonly notReceived: readonly Flag[];
}

function evidenceOf(cohort: readonly Moderated[], settings: AdjustmentSettings): Evidence {
  const tolerance = toleranceOf(settings);
  const pairs = pairsOf(cohort);
  const notReceived: readonly Flag[] = cohort.some((one) => one.workNotReceived === true) ? ['work-not-received'] : [];
  const [lowest, highest] = [Math.min(...pairs.map(({ x }) => x)), Math.max(...pairs.map(({ x }) => x))];
  const isWeak = pairs.length < PAIRS_FOR_EVIDENCE || highest - lowest <= 2 * tolerance;
  return {
    pairs,
    isWithinTolerance: pairs.length > 0 && pairs.every(({ x, y }) => Math.abs(y - x) <= tolerance),
    order: orderOf(pairs),
    rises: sumsOf(pairs).xy > 0n,
    flags: isWeak ? ['weak-evidence', ...notReceived] : notReceived,
    notReceived,
  };
}

function pairsOf(cohort: readonly Moderated[]): readonly Pair[] {
  return cohort.flatMap(({ centreMark: x, moderatorMark: y }) =>
    typeof x === 'number' && y !== undefined ? [{ x, y }] : [],
  );
}

/** Anchors need no pairs; every other line does. */
function fitFor(
  evidence: Evidence,
  settings: AdjustmentSettings,
): Fit | { readonly unsuitable: Exclude<Doubt, 'low-rho'> } {
  const missing = settings.method === 'piecewise' ? undefined : whyNoFit(evidence);
  if (missing !== undefined) return { unsuitable: missing };
  const fit = fitted(evidence.pairs, settings);
  if (fit !== undefined) return fit;
  return { unsuitable: settings.method === 'piecewise' ? 'no-anchors' : 'slope-not-positive' };
}

function whyNoFit({ pairs, order }: Evidence): 'too-few-pairs' | 'no-variance' | undefined {
  if (pairs.length < FEWEST_PAIRS) return 'too-few-pairs';
  return order === undefined ? 'no-variance' : undefined;
}

function doubtsOf(evidence: Evidence): readonly Doubt[] {
  const missing = whyNoFit(evidence);
  if (missing !== undefined) return [missing];
  const low: readonly Doubt[] = evidence.order?.isSound === true ? [] : ['low-rho'];
  return evidence.rises ? low : [...low, 'slope-not-positive'];
}

/** The mark above zero of everybody was looked at: a zero stays zero anyway. */
function isWhollySampled(cohort: readonly Moderated[]): boolean {
  return cohort.every(
    ({ centreMark, moderatorMark }) => typeof centreMark !== 'number' || centreMark === 0 || moderatorMark !== undefined,
  );
}

function accepted({ order, notReceived }: Evidence, method: Choice): Outcome {
  return { stage: 'accepted', method, ...rhoOf(order), flags: notReceived, adjusted: [] };
}

function doubtful({ order, flags }: Evidence, method: Choice, doubts: readonly Doubt[]): Outcome {
  return { stage: 'order-doubtful', method, ...rhoOf(order), flags: [...doubts, ...flags], adjusted: [] };
}

function withModeratorMarks(
  cohort: readonly Moderated[],
  { order, flags }: Evidence,
  settings: AdjustmentSettings,
): Outcome {
  const marks = new Map(cohort.map(({ key, moderatorMark }) => [key, moderatorMark]));
  const adjusted = adjustedBy(cohort, settings, ({ key, mark }) => marks.get(key) ?? mark);
  const large = largeFlags(cohort, adjusted, settings);
  return { stage: 'adjusted', method: 'use-moderator-marks', ...rhoOf(order), flags: [...large, ...flags], adjusted };
}

function alongFit(
  cohort: readonly Moderated[],
  { pairs, order, flags }: Evidence,
  settings: AdjustmentSettings,
  fit: Fit,
): Outcome {
  const known = new Map<number, number>();
  const adjusted = adjustedBy(cohort, settings, ({ mark }) => {
    const found = known.get(mark) ?? Number(roundedHalfUp(fit.at(mark)));
    known.set(mark, found);
    return found;
  });
  const limit = toleranceOf(settings);
  const isPoor = pairs.some(({ x, y }) => isBeyond(limit, y, fit, x));
  const poor: readonly Flag[] = isPoor ? ['poor-fit'] : [];
  const { a, b } = fit;
  const line = a === undefined || b === undefined ? {} : { a, b };
  const all = [...largeFlags(cohort, adjusted, settings), ...poor, ...flags];
  return { stage: 'adjusted', method: settings.method, ...rhoOf(order), ...line, flags: all, adjusted };
}

function adjustedBy(
  cohort: readonly Moderated[],
  settings: AdjustmentSettings,
  rule: (one: { readonly key: string; readonly mark: number }) => number,
): Outcome['adjusted'] {
  const highest = inUnit(settings.maximum, settings);
  return cohort.flatMap(({ key, centreMark: mark }) => {
    if (typeof mark !== 'number') return [];
    return [{ key, mark: mark === 0 ? 0 : Math.min(highest, Math.max(0, rule({ key, mark }))) }];
  });
}

/** More than a tenth of the maximum, for anybody. */
function largeFlags(
  cohort: readonly Moderated[],
  adjusted: Outcome['adjusted'],
  settings: AdjustmentSettings,
): readonly Flag[] {
  const before = new Map(cohort.map(({ key, centreMark }) => [key, centreMark]));
  const highest = inUnit(settings.maximum, settings);
  const isLarge = adjusted.some(({ key, mark }) => 10 * Math.abs(mark - Number(before.get(key))) > highest);
  return isLarge ? ['large-adjustment'] : [];
}

function isBeyond(limit: number, y: number, fit: Fit, x: number): boolean {
  const residual = minus(fraction(y), fit.at(x));
  const isAbove = compared(residual, fraction(limit)) > 0;
  return isAbove || compared(residual, fraction(-limit)) < 0;
}

function rhoOf(order: Order | undefined): { readonly rho?: string } {
  return order === undefined ? {} : { rho: order.rho };
}

function toleranceOf(settings: AdjustmentSettings): number {
  return inUnit(settings.tolerance, settings);
}

function inUnit(points: number, { halfMarks }: AdjustmentSettings): number {
  return halfMarks ? points * 2 : points;
}
