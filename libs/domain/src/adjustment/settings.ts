/** By what a sample is judged and a cohort adjusted: settings of a component, or what a principal chose instead. */
import { readFraction } from './fraction.js';

/**
 * `ols`: moderator marks regressed on centre marks · `structural`: reduced major axis · `deming`: both marks
 * uncertain, with the ratio lambda · `constant`: the mean difference · `piecewise`: differences at anchor marks.
 */
export type Method = 'ols' | 'structural' | 'deming' | 'constant' | 'piecewise';
/** `use-moderator-marks`: where the whole cohort was sampled · `zeros-in-sample`: zeros are drawn like any mark. */
export type Policy = 'use-moderator-marks' | 'zeros-in-sample';

/** In whole points: at the centre mark `at` the adjustment is `difference`. */
export interface Anchor {
  readonly at: number;
  readonly difference: number;
}

export interface AdjustmentSettings {
  /** In points, as is the tolerance. */
  readonly maximum: number;
  /** Marks are then counted in half-points, here as everywhere. */
  readonly halfMarks: boolean;
  readonly tolerance: number;
  readonly method: Method;
  /** For deming: the variance of the moderator's error over that of the centre's, "1" or "0.75"; absent, "1". */
  readonly lambda?: string;
  /** For piecewise: without them nothing is adjusted until a principal has given some. */
  readonly anchors?: readonly Anchor[];
  readonly useModeratorMarks?: boolean;
}

export const METHODS: readonly Method[] = ['ols', 'structural', 'deming', 'constant', 'piecewise'];
export const POLICIES: readonly Policy[] = ['use-moderator-marks', 'zeros-in-sample'];

export function isMethod(text: string): text is Method {
  return METHODS.some((method) => method === text);
}

export function isPolicy(text: string): text is Policy {
  return POLICIES.some((policy) => policy === text);
}

/** In points: six in a hundred of the maximum, rounded down, and never less than one. */
export function usualTolerance(maximum: number): number {
  return Math.max(1, Math.trunc((6 * maximum) / 100));
}

/** Where a component says nothing of its own: both marks are equally uncertain. */
export const USUAL_LAMBDA = '1';

/** The first setting that is wrong, by name. Anchors may be missing: they are the principal's, who gives them later. */
export function malformedAdjustment(settings: AdjustmentSettings): string | undefined {
  const { tolerance, method, lambda, anchors, maximum } = settings;
  const checks: Readonly<Record<string, boolean>> = {
    tolerance: Number.isSafeInteger(tolerance) && tolerance >= 1,
    method: isMethod(method),
    lambda: lambda === undefined || isLambda(lambda),
    anchors: anchors === undefined || areAnchors(anchors, maximum),
  };
  return Object.keys(checks).find((name) => checks[name] === false);
}

/** A decimal above zero. */
export function isLambda(text: string): boolean {
  return /^[0-9]{1,6}(\.[0-9]{1,6})?$/.test(text) && (readFraction(text)?.over ?? 0n) > 0n;
}

/** In the order of their marks; what is adjusted between them never changes the order of two candidates. */
export function areAnchors(anchors: readonly Anchor[], maximum: number): boolean {
  const isAscending = anchors.every(({ at, difference }, i) => {
    const before = anchors[i - 1];
    return before === undefined || (at > before.at && at + difference >= before.at + before.difference);
  });
  return anchors.length > 0 && isAscending && anchors.every((anchor) => isAnchor(anchor, maximum));
}

function isAnchor({ at, difference }: Anchor, maximum: number): boolean {
  const areWhole = Number.isSafeInteger(at) && Number.isSafeInteger(difference);
  return areWhole && at >= 0 && at <= maximum && Math.abs(difference) <= maximum;
}
