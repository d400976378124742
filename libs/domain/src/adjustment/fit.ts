/** The line, or the broken line, that takes a centre's mark to the adjusted one. */
import type { Fraction } from './fraction.js';
import {
  dividedBy,
  fraction,
  minus,
  plus,
  readFraction,
  roundedTo,
  squareRoot,
  times,
  writtenDecimally,
  writtenExactly,
} from './fraction.js';
import type { Pair, Sums } from './order.js';
import { sumsOf } from './order.js';
import type { AdjustmentSettings, Anchor } from './settings.js';
import { USUAL_LAMBDA } from './settings.js';

export interface Fit {
  /** In points, and as it is recorded: an exact fraction, or a decimal where a root was taken. */
  readonly a?: string;
  readonly b?: string;
  /** The mark before rounding; both in the unit of the component. */
  readonly at: (mark: number) => Fraction;
}

/** Places of a coefficient that is irrational. Marks follow from the recorded digits and from nothing finer. */
const PLACES = 10;

/**
 * `pairs`: at least three, neither side all equal. Undefined where the line would not rise: adjusting by it would
 * turn the order of the candidates round.
 */
export function fitted(pairs: readonly Pair[], settings: AdjustmentSettings): Fit | undefined {
  const unit = settings.halfMarks ? 2 : 1;
  if (settings.method === 'piecewise') return broken(settings.anchors ?? [], unit);
  const sums = sumsOf(pairs);
  if (settings.method === 'constant') return exactLine(sums, fraction(1), unit);
  if (sums.xy <= 0n || sums.xx === 0n) return undefined;
  if (settings.method === 'ols') return exactLine(sums, fraction(sums.xy, sums.xx), unit);
  const slope =
    settings.method === 'structural'
      ? squareRoot(PLACES, fraction(sums.yy, sums.xx))
      : demingSlope(sums, readFraction(settings.lambda ?? USUAL_LAMBDA) ?? fraction(1));
  return decimalLine(sums, slope, unit);
}

function exactLine(sums: Sums, b: Fraction, unit: number): Fit {
  const a = interceptOf(sums, b, unit);
  return { a: writtenExactly(a), b: writtenExactly(b), at: along(a, b, unit) };
}

function decimalLine(sums: Sums, b: Fraction, unit: number): Fit | undefined {
  if (b.over <= 0n) return undefined;
  const a = roundedTo(PLACES, interceptOf(sums, b, unit));
  return { a: writtenDecimally(PLACES, a), b: writtenDecimally(PLACES, b), at: along(a, b, unit) };
}

/** In points: the line goes through the means. */
function interceptOf({ n, x, y }: Sums, b: Fraction, unit: number): Fraction {
  return dividedBy(minus(fraction(y), times(b, fraction(x))), fraction(n * BigInt(unit)));
}

function along(a: Fraction, b: Fraction, unit: number): (mark: number) => Fraction {
  const start = times(a, fraction(unit));
  return (mark) => plus(start, times(b, fraction(mark)));
}

/** The root is taken to twice the places and more, so that the quotient is right in all of its own. */
function demingSlope({ xx, yy, xy }: Sums, lambda: Fraction): Fraction {
  const difference = minus(fraction(yy), times(lambda, fraction(xx)));
  const square = plus(times(difference, difference), times(lambda, fraction(4n * xy * xy)));
  const root = squareRoot(3 * PLACES, square);
  return roundedTo(PLACES, dividedBy(plus(difference, root), fraction(2n * xy)));
}

/** Between two anchors the difference changes evenly; outside them it is that of the last one. */
function broken(anchors: readonly Anchor[], unit: number): Fit | undefined {
  const [first, last] = [anchors[0], anchors.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    at(mark) {
      const after = anchors.findIndex(({ at }) => at * unit >= mark);
      if (after === 0) return fraction(mark + first.difference * unit);
      if (after < 0) return fraction(mark + last.difference * unit);
      return plus(fraction(mark), between(anchors[after - 1] as Anchor, anchors[after] as Anchor, mark, unit));
    },
  };
}

function between(low: Anchor, high: Anchor, mark: number, unit: number): Fraction {
  const share = fraction((high.difference - low.difference) * (mark - low.at * unit), high.at - low.at);
  return plus(fraction(low.difference * unit), share);
}
