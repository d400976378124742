import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SampleRule } from './rules.js';
import { isSampleRule, SAMPLE_RULES, sampleSize } from './rules.js';
import type { Eligible } from './sample.js';
import { drawFurther, drawSample, nearest } from './sample.js';
import { numbersOf, shuffled } from './shuffle.js';

const keyOf = (at: number): string => String(at).padStart(4, '0');
const keys = (items: readonly Eligible[]): readonly string[] => items.map(({ key }) => key);
const marks = (items: readonly Eligible[]): readonly number[] => items.map(({ mark }) => mark).sort((a, b) => a - b);

/** Marks from 1 on: no zero. */
const cohortOf = (list: readonly number[], group: (at: number) => string = () => ''): readonly Eligible[] =>
  list.map((mark, at) => ({ key: keyOf(at), mark, group: group(at) }));
const cohorts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.constantFrom('', 'a', 'b', 'c')), { maxLength: 260, size: 'max' })
  .map((list) => cohortOf(list.map(([mark]) => mark), (at) => (list[at] as [number, string])[1]));
const rule = fc.constantFrom(...SAMPLE_RULES);
const seed = fc.string();

describe('the size of a sample', () => {
  it.each<[SampleRule, readonly (readonly [number, number])[]]>([
    ['jcq-classic', [[0, 0], [1, 1], [10, 10], [11, 10], [100, 10], [101, 15], [200, 15], [201, 20], [600, 20]]],
    ['jcq-2026', [[0, 0], [15, 15], [16, 15], [100, 15], [101, 20], [200, 20], [201, 25], [600, 25]]],
  ])('by %s', (name, table) => {
    for (const [cohort, size] of table) expect([cohort, sampleSize(name, cohort)]).toEqual([cohort, size]);
    expect(isSampleRule(name)).toBe(true);
    expect(isSampleRule('jcq')).toBe(false);
  });

  it('is 74 of 506 over the six centres of the unit in the brief, 99 by the newer table', () => {
    const centres = [4, 38, 52, 101, 105, 206];
    const drawn = (name: SampleRule): number => centres.reduce((sum, size) => sum + sampleSize(name, size), 0);
    expect([drawn('jcq-classic'), drawn('jcq-2026')]).toEqual([74, 99]);
  });
});

describe('a sample', () => {
  it('lies evenly over the rank order, from the highest to the lowest', () => {
    const hundred = cohortOf(Array.from({ length: 100 }, (_, at) => at + 1));
    const drawn = drawSample(hundred, { rule: 'jcq-classic', seed: 's' });
    expect(marks(drawn)).toEqual([1, 12, 23, 34, 45, 56, 67, 78, 89, 100]);
  });

  it('has the size of its rule, the ends above zero, nobody twice', () => {
    fc.assert(
      fc.property(cohorts, rule, seed, (cohort, name, chance) => {
        const drawn = drawSample(cohort, { rule: name, seed: chance });
        expect(drawn).toHaveLength(sampleSize(name, cohort.length));
        expect(new Set(keys(drawn)).size).toBe(drawn.length);
        const above = marks(cohort).filter((mark) => mark > 0);
        if (above.length === 0) return;
        expect(marks(drawn)).toContain(above[0]);
        expect(marks(drawn)).toContain(above.at(-1));
        // a zero only where everything else is in the sample already
        const zeros = drawn.filter(({ mark }) => mark === 0).length;
        if (zeros > 0) expect(drawn.length - zeros).toBe(above.length);
      }),
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(cohorts, rule, seed, seed, (cohort, name, chance, other) => {
        const draw = { rule: name, seed: chance };
        expect(keys(drawSample(shuffled(cohort, other), draw))).toEqual(keys(drawSample(cohort, draw)));
        const taken = new Set(keys(drawSample(cohort, draw)));
        const more = { size: 5, seed: chance };
        expect(keys(drawFurther(shuffled(cohort, other), taken, more))).toEqual(keys(drawFurther(cohort, taken, more)));
      }),
    );
  });

  it('breaks ties by its seed', () => {
    const level = cohortOf(Array.from({ length: 60 }, () => 7));
    const drawn = ['a', 'b', 'c'].map((chance) => keys(drawSample(level, { rule: 'jcq-classic', seed: chance })).join());
    expect(new Set(drawn).size).toBe(3);
  });

  it('takes zeros like any mark where the component says so', () => {
    const cohort = cohortOf(Array.from({ length: 40 }, (_, at) => Math.max(0, at - 20)));
    expect(marks(drawSample(cohort, { rule: 'jcq-classic', seed: 's' }))[0]).toBe(1);
    expect(marks(drawSample(cohort, { rule: 'jcq-classic', seed: 's', withZeros: true }))[0]).toBe(0);
  });

  it('covers every teaching group while there is room beside the ends', () => {
    const groups = fc.integer({ min: 1, max: 14 });
    const members = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(13)), { minLength: 16, maxLength: 120 });
    fc.assert(
      fc.property(members, groups, rule, seed, (list, many, name, chance) => {
        const cohort = cohortOf(list.map(([mark]) => mark), (at) => `g${(list[at] as [number, number])[1] % many}`);
        const drawn = drawSample(cohort, { rule: name, seed: chance });
        const present = new Set(cohort.map(({ group }) => group)).size;
        const covered = new Set(drawn.map(({ group }) => group)).size;
        // at worst both ends are of one group, which then takes two places
        expect(covered).toBeGreaterThanOrEqual(Math.min(present, drawn.length - 1));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a small group out where nothing looks for it: the control of the rule above', () => {
    const cohort = cohortOf(Array.from({ length: 100 }, (_, at) => at + 1), (at) => (at === 5 ? 'small' : 'large'));
    const drawn = drawSample(cohort, { rule: 'jcq-classic', seed: 's' });
    expect(marks(drawn)).toEqual([1, 6, 23, 34, 45, 56, 67, 78, 89, 100]);
  });

  it('of fifteen hundred centres of forty is drawn in seconds at most', () => {
    const centres = Array.from({ length: 1500 }, (_, centre) => cohortOf(Array.from({ length: 40 }, (_, at) => (at * 7 + centre) % 50)));
    const started = Date.now();
    const drawn = centres.map((cohort, at) => drawSample(cohort, { rule: 'jcq-classic', seed: `s${at}` }));
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(drawn.flat()).toHaveLength(15_000);
  });
});

describe('more of a sample', () => {
  const cohort = cohortOf([10, 20, 20, 30, 0, 40, 44]);

  it('is drawn from those not taken, evenly', () => {
    expect(marks(drawFurther(cohort, new Set([keyOf(0)]), { size: 2, seed: 's' }))).toEqual([20, 40]);
    expect(keys(drawFurther(cohort, new Set(keys(cohort)), { size: 2, seed: 's' }))).toEqual([]);
    expect(drawFurther(cohort, new Set(), { size: 50, seed: 's' })).toHaveLength(7);
  });

  it('in the place of one whose work did not come is the nearest mark not taken', () => {
    const found = nearest(cohort, new Set([keyOf(3), keyOf(5)]), { mark: 30, seed: 's' });
    expect(found?.mark).toBe(20);
    expect(nearest(cohort, new Set([keyOf(3), keyOf(5)]), { mark: 30, seed: 's' })).toBe(found);
    expect(nearest(cohort, new Set(), { mark: 1, seed: 's' })?.mark).toBe(10);
    expect(nearest(cohort, new Set(), { mark: 1, seed: 's', withZeros: true })?.mark).toBe(0);
    expect(nearest(cohort, new Set(keys(cohort)), { mark: 1, seed: 's' })).toBeUndefined();
  });
});

describe('chance', () => {
  it('is the same for the same seed, for good', () => {
    const next = numbersOf('seed');
    expect([next(), next(), next()]).toEqual(EXPECTED);
    expect(shuffled([1, 2, 3, 4, 5, 6, 7, 8], 'seed')).toEqual(SHUFFLED);
  });

  it('shuffles fairly enough: each of six orders about equally often', () => {
    const counts = new Map<string, number>();
    for (let at = 0; at < 6000; at += 1) {
      const order = shuffled(['a', 'b', 'c'], `seed ${at}`).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

/** From the same two algorithms written in Python, where integers have no width. */
const EXPECTED: readonly number[] = [4079750732, 326795680, 112782837];
const SHUFFLED: readonly number[] = [2, 3, 5, 6, 4, 7, 1, 8];
