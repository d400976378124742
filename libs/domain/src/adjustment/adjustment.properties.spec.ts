import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shuffled } from '../sampling/shuffle.js';
import type { Fraction } from './fraction.js';
import { compared, fraction, plus, readFraction, roundedHalfUp, roundedTo, squareRoot, times, writtenDecimally, writtenExactly } from './fraction.js';
import { orderOf } from './order.js';
import type { Choice, Moderated, Outcome } from './outcome.js';
import { chosenOutcome, outcomeOf } from './outcome.js';
import type { AdjustmentSettings, Anchor } from './settings.js';
import { areAnchors, METHODS } from './settings.js';

const MAXIMUM = 40;

const centreMark = (highest: number): fc.Arbitrary<number | 'ABS' | 'CF'> =>
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: highest }) }, { weight: 1, arbitrary: fc.constantFrom('ABS' as const, 'CF' as const) });

/** A moderator who follows the centre more or less, so that most cohorts have a line and some have none. */
const cohorts = fc.boolean().chain((halfMarks) => {
  const highest = halfMarks ? 2 * MAXIMUM : MAXIMUM;
  const one = fc.record({ mark: centreMark(highest), sampled: fc.boolean(), shift: fc.integer({ min: -6, max: 9 }) });
  return fc.array(one, { maxLength: 40 }).map((list) => ({
    halfMarks,
    cohort: list.map(({ mark, sampled, shift }, at): Moderated => {
      const seen = sampled && typeof mark === 'number';
      const moderatorMark = seen ? Math.min(highest, Math.max(0, Math.round(mark * 0.9) + shift)) : 0;
      return { key: `c${at}`, centreMark: mark, ...(seen && { moderatorMark }) };
    }),
  }));
});
const anchors = fc
  .uniqueArray(fc.integer({ min: 0, max: MAXIMUM }), { minLength: 1, maxLength: 4 })
  .chain((places) => fc.tuple(...places.sort((a, b) => a - b).map((at) => fc.integer({ min: -9, max: 9 }).map((difference): Anchor => ({ at, difference })))))
  .filter((list) => areAnchors(list, MAXIMUM));
const settings = fc.record({
  maximum: fc.constant(MAXIMUM),
  tolerance: fc.integer({ min: 1, max: 4 }),
  method: fc.constantFrom(...METHODS),
  lambda: fc.constantFrom('1', '0.5', '3'),
  anchors,
  useModeratorMarks: fc.boolean(),
});
const choice = fc.constantFrom<Choice>(...METHODS, 'use-moderator-marks', 'accept');
const often = { numRuns: 500 };

/** By the settings, and by a principal's choice where that can be carried out. */
function outcomes(cohort: readonly Moderated[], by: AdjustmentSettings, chosen: Choice): readonly Outcome[] {
  const decided = chosenOutcome(cohort, by, chosen);
  return 'unsuitable' in decided ? [outcomeOf(cohort, by)] : [outcomeOf(cohort, by), decided];
}

describe('an outcome', () => {
  it('is the same whatever the order of the candidates', () => {
    fc.assert(
      fc.property(cohorts, settings, choice, fc.string(), ({ cohort, halfMarks }, by, chosen, seed) => {
        const inOrder = (list: readonly Outcome[]): unknown =>
          list.map((one) => ({ ...one, adjusted: one.adjusted.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }));
        const all = { ...by, halfMarks };
        expect(inOrder(outcomes(shuffled(cohort, seed), all, chosen))).toEqual(inOrder(outcomes(cohort, all, chosen)));
      }),
      often,
    );
  });

  it('keeps order, ties, zero, ABS, CF and the range', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(cohorts, settings, choice, ({ cohort, halfMarks }, by, chosen) => {
        for (const { adjusted, method, stage } of outcomes(cohort, { ...by, halfMarks }, chosen)) {
          seen.add(stage === 'adjusted' ? method : stage);
          expect(stage === 'adjusted' || adjusted.length === 0).toBe(true);
          const after = new Map(adjusted.map(({ key, mark }) => [key, mark]));
          for (const one of cohort) if (typeof one.centreMark !== 'number') expect(after.has(one.key)).toBe(false);
          for (const { key, centreMark: mark } of cohort) {
            const now = after.get(key);
            if (now === undefined) continue;
            expect(Number.isSafeInteger(now) && now >= 0 && now <= (halfMarks ? 2 * MAXIMUM : MAXIMUM)).toBe(true);
            if (mark === 0) expect(now).toBe(0);
          }
          if (method !== 'use-moderator-marks') expectOrderKept(cohort, after);
        }
      }),
      { numRuns: 1500 },
    );
    // negative control: every way to an outcome has been gone
    expect([...seen].sort()).toEqual(['accepted', 'order-doubtful', 'use-moderator-marks', ...METHODS].sort());
  });

  it('by ols is that of the sums over all pairs of pairs', () => {
    fc.assert(
      fc.property(cohorts, settings, ({ cohort, halfMarks }, by) => {
        const outcome = chosenOutcome(cohort, { ...by, halfMarks, tolerance: 1 }, 'ols');
        if ('unsuitable' in outcome || outcome.stage !== 'adjusted') return;
        const marks = new Map(cohort.map((one) => [one.key, one.centreMark]));
        for (const { key, mark } of outcome.adjusted) {
          const before = marks.get(key) as number;
          if (before > 0) expect(mark).toBe(slowly(cohort, before, halfMarks ? 2 * MAXIMUM : MAXIMUM));
        }
      }),
      often,
    );
  });

  it('has its marks from the coefficients it names, and from nothing finer', () => {
    fc.assert(
      fc.property(cohorts, settings, choice, ({ cohort, halfMarks }, by, chosen) => {
        const unit = halfMarks ? 2 : 1;
        for (const { a, b, adjusted } of outcomes(cohort, { ...by, halfMarks }, chosen)) {
          if (a === undefined || b === undefined) continue;
          const [start, slope] = [times(read(a), fraction(unit)), read(b)];
          const marks = new Map(cohort.map((one) => [one.key, one.centreMark]));
          for (const { key, mark } of adjusted) {
            const before = marks.get(key) as number;
            const line = Number(roundedHalfUp(plus(start, times(slope, fraction(before)))));
            if (before > 0) expect(mark).toBe(Math.min(MAXIMUM * unit, Math.max(0, line)));
          }
        }
      }),
      often,
    );
  });

  it('of six hundred candidates takes milliseconds: `npm run bench moderation` holds it against five', () => {
    const cohort = Array.from({ length: 600 }, (_, at): Moderated => {
      const sampled = at % 24 === 0;
      return { key: `c${at}`, centreMark: (at * 7) % 101, ...(sampled && { moderatorMark: Math.trunc(((at * 7) % 101) * 0.8) }) };
    });
    const all = { maximum: 100, halfMarks: false, tolerance: 6, lambda: '1' };
    for (const method of ['ols', 'constant', 'structural', 'deming'] as const) {
      const times = Array.from({ length: 15 }, () => {
        const started = Date.now();
        for (let run = 0; run < 10; run += 1) expect(outcomeOf(cohort, { ...all, method }).stage).toBe('adjusted');
        return (Date.now() - started) / 10;
      });
      // The quickest of fifteen: what else the machine does slows the others.
      expect(Math.min(...times)).toBeLessThanOrEqual(50);
    }
  });
});

describe("Spearman's rho", () => {
  it('is the sum of squared differences where no marks are equal', () => {
    const permutation = fc.integer({ min: 3, max: 30 }).chain((length) => fc.tuple(fc.constant(length), fc.string()));
    fc.assert(
      fc.property(permutation, ([length, seed]) => {
        const ranks = shuffled([...Array(length).keys()], seed);
        const squares = ranks.reduce((sum, y, x) => sum + (x - y) ** 2, 0);
        const expected = fraction(length * (length ** 2 - 1) - 6 * squares, length * (length ** 2 - 1));
        const order = orderOf(ranks.map((y, x) => ({ x: x * 2, y: y * 3 + 1 })));
        expect(Number(order?.rho)).toBeCloseTo(Number(writtenDecimally(9, expected)), 5);
        expect(order?.isSound).toBe(compared(expected, fraction(8, 10)) >= 0);
      }),
    );
  });
});

describe('exact arithmetic', () => {
  it('rounds once, a half upwards', () => {
    const halves = [[5, 2, 3n], [-5, 2, -2n], [1, 2, 1n], [-1, 2, 0n], [7, 3, 2n], [-7, 3, -2n], [4, 1, 4n]] as const;
    for (const [over, under, whole] of halves) expect(roundedHalfUp(fraction(over, under))).toBe(whole);
    expect(writtenExactly(fraction(2244, -4850))).toBe('-1122/2425');
    expect(writtenDecimally(10, fraction(-1, 4))).toBe('-0.25');
    expect(writtenDecimally(2, fraction(-1, 1000))).toBe('0');
    expect(readFraction('1/0')).toBeUndefined();
  });

  it('takes square roots to the last place', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), fc.nat(8), (over, under, places) => {
        const value = fraction(over, under);
        const root = squareRoot(places, value);
        const half = fraction(1, 2n * 10n ** BigInt(places));
        const below = plus(root, times(half, fraction(-1)));
        if (below.over > 0n) expect(compared(times(below, below), value)).toBeLessThanOrEqual(0);
        expect(compared(times(plus(root, half), plus(root, half)), value)).toBeGreaterThan(0);
        expect(readFraction(writtenDecimally(places + 1, root))).toEqual(roundedTo(places + 1, root));
      }),
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (over, under) => {
        expect(readFraction(writtenExactly(fraction(over, under)))).toEqual(fraction(over, under));
      }),
    );
  });
});

function read(text: string): Fraction {
  return readFraction(text) as Fraction;
}

function expectOrderKept(cohort: readonly Moderated[], after: ReadonlyMap<string, number>): void {
  const sorted = cohort
    .filter((one) => after.has(one.key))
    .map(({ key, centreMark: mark }) => [Number(mark), after.get(key) as number] as const)
    .sort(([a], [b]) => a - b);
  sorted.forEach(([mark, now], at) => {
    const [before, then] = sorted[at - 1] ?? [mark, now];
    if (before === mark) expect(now).toBe(then);
    else expect(now).toBeGreaterThanOrEqual(then);
  });
}

/** The same line another way: covariance and variance from differences of every two pairs, no means squared. */
function slowly(cohort: readonly Moderated[], mark: number, highest: number): number {
  const pairs = cohort.flatMap(({ centreMark: x, moderatorMark: y }) => (typeof x === 'number' && y !== undefined ? [[x, y] as const] : []));
  let [xy, xx, shift] = [0, 0, 0];
  for (const [x, y] of pairs) for (const [x2, y2] of pairs) [xy, xx] = [xy + (x - x2) * (y - y2), xx + (x - x2) ** 2];
  for (const [x, y] of pairs) shift += y * xx + xy * (mark - x);
  // y at `mark` is shift / (n · xx); a half upwards is floor(2y + 1) / 2
  const [over, under] = [BigInt(shift), BigInt(pairs.length * xx)];
  const rounded = (2n * over + under) / (2n * under);
  const floored = (2n * over + under) % (2n * under) < 0n ? rounded - 1n : rounded;
  return Math.min(highest, Math.max(0, Number(floored)));
}
