/** Does the moderator put the candidates in the same order? Spearman's rank correlation, equal marks by average ranks. */
import { fraction, squareRoot, writtenDecimally } from './fraction.js';

/** A centre's mark and the moderator's, in the unit of the component. */
export interface Pair {
  readonly x: number;
  readonly y: number;
}

export interface Order {
  /** To six places, from −1 to 1. */
  readonly rho: string;
  /** At least 0.8, decided exactly and not from the six places. */
  readonly isSound: boolean;
}

/** Undefined where all marks of one side are equal: there is then no order to compare. */
export function orderOf(pairs: readonly Pair[]): Order | undefined {
  const { xx, yy, xy } = sumsOf(doubledRanks(pairs));
  if (xx === 0n || yy === 0n) return undefined;
  const square = fraction(xy * xy, xx * yy);
  const sign = xy < 0n ? '-' : '';
  return {
    rho: `${sign}${writtenDecimally(6, squareRoot(6, square))}`.replace(/^-0$/, '0'),
    isSound: xy > 0n && 25n * xy * xy >= 16n * xx * yy,
  };
}

export interface Sums {
  readonly n: bigint;
  readonly x: bigint;
  readonly y: bigint;
  /** n·Σx² − (Σx)², and so on: n² times variances and covariance. */
  readonly xx: bigint;
  readonly yy: bigint;
  readonly xy: bigint;
}

/** Whole numbers throughout, so the order of the pairs means nothing. */
export function sumsOf(pairs: readonly Pair[]): Sums {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (const pair of pairs) {
    x += pair.x;
    y += pair.y;
    xx += pair.x * pair.x;
    yy += pair.y * pair.y;
    xy += pair.x * pair.y;
  }
  const [n, sumX, sumY] = [BigInt(pairs.length), BigInt(x), BigInt(y)];
  return {
    n,
    x: sumX,
    y: sumY,
    xx: n * BigInt(xx) - sumX * sumX,
    yy: n * BigInt(yy) - sumY * sumY,
    xy: n * BigInt(xy) - sumX * sumY,
  };
}

/** Twice the average rank is whole: the first place of the equal ones plus the last. */
function doubledRanks(pairs: readonly Pair[]): readonly Pair[] {
  const xs = ranksBy(pairs.map(({ x }) => x));
  const ys = ranksBy(pairs.map(({ y }) => y));
  return pairs.map(({ x, y }) => ({ x: xs.get(x) as number, y: ys.get(y) as number }));
}

function ranksBy(marks: readonly number[]): ReadonlyMap<number, number> {
  const sorted = marks.toSorted((a, b) => a - b);
  const ranks = new Map<number, number>();
  for (let first = 0; first < sorted.length; ) {
    const mark = sorted[first] as number;
    let last = first;
    while (sorted[last + 1] === mark) last += 1;
    ranks.set(mark, first + last + 2);
    first = last + 1;
  }
  return ranks;
}
