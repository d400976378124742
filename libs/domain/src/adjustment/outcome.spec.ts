import { describe, expect, it } from '@jest/globals';
import type { Moderated, Outcome } from './outcome.js';
import { chosenOutcome, outcomeOf } from './outcome.js';
import { orderOf } from './order.js';
import type { AdjustmentSettings } from './settings.js';
import { areAnchors, isLambda, malformedAdjustment, usualTolerance } from './settings.js';

type Pairs = readonly (readonly [number, number])[];

const points = (maximum: number, more: Partial<AdjustmentSettings> = {}): AdjustmentSettings => ({
  maximum,
  halfMarks: false,
  tolerance: usualTolerance(maximum),
  method: 'ols',
  ...more,
});

/** The sample, then others of the cohort by their centre marks alone. */
const cohortOf = (pairs: Pairs, others: readonly number[] = []): readonly Moderated[] => [
  ...pairs.map(([x, y], at) => ({ key: `p${at}`, centreMark: x, moderatorMark: y })),
  ...others.map((mark) => ({ key: `m${mark}`, centreMark: mark })),
];
const marksOf = ({ adjusted }: Outcome): readonly number[] =>
  adjusted.filter(({ key }) => key.startsWith('m')).map(({ mark }) => mark);

const V1: Pairs = [[68, 69], [22, 21], [47, 46], [81, 80], [58, 58], [31, 28]];
const V3: Pairs = [[10, 15], [20, 25], [30, 35], [40, 45], [50, 55]];
const V4: Pairs = [[20, 38], [25, 24], [30, 33], [35, 22], [40, 37]];
const GENEROUS: Pairs = [[12, 13], [18, 17], [25, 22], [31, 27], [36, 30], [40, 33], [44, 38], [48, 39]];
const TIED: Pairs = [[20, 26], [20, 24], [33, 38], [33, 40], [41, 47], [52, 57], [60, 60]];
const HALVES: Pairs = [[23, 30], [31, 35], [40, 51], [55, 60], [61, 70], [78, 84]];

describe('within the tolerance', () => {
  it('the centre stands, also where the moderator differs (V1)', () => {
    expect(usualTolerance(100)).toBe(6);
    const outcome = outcomeOf(cohortOf(V1, [50]), points(100));
    expect(outcome).toMatchObject({ stage: 'accepted', method: 'ols', flags: [], adjusted: [] });
    const beyond = outcomeOf(cohortOf([...V1, [40, 47]], [50]), points(100));
    expect(beyond.stage).toBe('adjusted');
  });

  it('is six in a hundred of the maximum, rounded down, and at least one mark', () => {
    expect([1, 16, 17, 33, 34, 50, 60, 350].map(usualTolerance)).toEqual([1, 1, 1, 1, 2, 3, 3, 21]);
  });

  it('is counted in half-points where marks are', () => {
    const halves = points(40, { halfMarks: true, tolerance: 2 });
    expect(outcomeOf(cohortOf([[30, 34], [40, 36], [50, 50]]), halves).stage).toBe('accepted');
    expect(outcomeOf(cohortOf([[30, 35], [40, 36], [50, 50]]), halves).stage).toBe('adjusted');
  });
});

describe('a fitted line', () => {
  it('is exact (V3)', () => {
    const outcome = outcomeOf(cohortOf(V3, [33, 57, 60, 0]), points(60));
    expect(outcome).toMatchObject({ stage: 'adjusted', a: '5', b: '1', rho: '1', flags: ['weak-evidence'] });
    expect(marksOf(outcome)).toEqual([38, 60, 60, 0]);
  });

  /** Computed in Python from the textbook formulas, with fractions.Fraction and 60 digits of decimal.Decimal. */
  const MARKS = [0, 1, 5, 12, 20, 25, 31, 38, 44, 48, 50];
  it.each<[string, Pairs, AdjustmentSettings, readonly [string, string], readonly number[], readonly number[]]>([
    ['ols', GENEROUS, points(50), ['8297/2251', '3359/4502'], MARKS, [0, 4, 7, 13, 19, 22, 27, 32, 37, 39, 41]],
    ['constant', GENEROUS, points(50, { method: 'constant' }), ['-35/8', '1'], MARKS, [0, 0, 1, 8, 16, 21, 27, 34, 40, 44, 46]],
    ['structural', GENEROUS, points(50, { method: 'structural' }), ['3.6231104166', '0.7480910105'], MARKS, [0, 4, 7, 13, 19, 22, 27, 32, 37, 40, 41]],
    ['deming 1', GENEROUS, points(50, { method: 'deming', lambda: '1' }), ['3.6408822601', '0.7475312674'], MARKS, [0, 4, 7, 13, 19, 22, 27, 32, 37, 40, 41]],
    ['deming 0.75', GENEROUS, points(50, { method: 'deming', lambda: '0.75' }), ['3.6322617668', '0.747802779'], MARKS, [0, 4, 7, 13, 19, 22, 27, 32, 37, 40, 41]],
    ['deming 2.5', GENEROUS, points(50, { method: 'deming', lambda: '2.5' }), ['3.6629920711', '0.7468348954'], MARKS, [0, 4, 7, 13, 19, 22, 27, 32, 37, 40, 41]],
    ['ols, ties', TIED, points(60), ['76361/9660', '1261/1380'], [1, 19, 55], [9, 25, 58]],
    ['structural, ties', TIED, points(60, { method: 'structural' }), ['7.5957400941', '0.9221228546'], [1, 19, 55], [9, 25, 58]],
    ['ols, half marks', HALVES, points(40, { halfMarks: true }), ['457/131', '2097/2096'], [1, 23, 40, 55, 61, 78, 80], [8, 30, 47, 62, 68, 80, 80]],
    ['constant, half marks', HALVES, points(40, { halfMarks: true, method: 'constant' }), ['7/2', '1'], [1, 23, 80], [8, 30, 80]],
    ['structural, half marks', HALVES, points(40, { halfMarks: true, method: 'structural' }), ['3.294770612', '1.0085512245'], [1, 23, 80], [8, 30, 80]],
    ['deming, half marks', HALVES, points(40, { halfMarks: true, method: 'deming', lambda: '1' }), ['3.2931072752', '1.0086205302'], [1, 23, 80], [8, 30, 80]],
  ])('by %s', (_, pairs, settings, [a, b], marks, adjusted) => {
    const outcome = outcomeOf(cohortOf(pairs, marks), settings);
    expect(outcome).toMatchObject({ stage: 'adjusted', method: settings.method, a, b });
    expect(marksOf(outcome)).toEqual(adjusted);
  });

  it('bends at its anchors, and beyond them keeps the difference of the last one', () => {
    const anchors = [{ at: 10, difference: 2 }, { at: 20, difference: -4 }, { at: 40, difference: -3 }];
    const settings = points(50, { method: 'piecewise', anchors });
    const outcome = outcomeOf(cohortOf(GENEROUS, [1, 10, 15, 18, 20, 30, 40, 49]), settings);
    // 15 is half way from +2 to −4; 18 is eight tenths: 2 − 4.8; 30 is half way from −4 to −3 and half a mark rounds up
    expect(marksOf(outcome)).toEqual([3, 12, 14, 15, 16, 27, 37, 46]);
    expect(outcome).not.toHaveProperty('a');
    expect(areAnchors(anchors, 50)).toBe(true);
    expect(areAnchors([{ at: 10, difference: 2 }, { at: 12, difference: -1 }], 50)).toBe(false);
  });

  it('says what the principal must look at', () => {
    expect(outcomeOf(cohortOf(GENEROUS, [50]), points(50)).flags).toEqual(['large-adjustment']);
    const scattered: Pairs = [[10, 10], [15, 15], [20, 20], [25, 25], [30, 38], [35, 35], [40, 40]];
    expect(outcomeOf(cohortOf(scattered), points(60)).flags).toEqual(['poor-fit']);
    const near: Pairs = [[30, 24], [31, 26], [32, 26], [33, 28], [34, 29], [36, 31]];
    expect(outcomeOf(cohortOf(near), points(60)).flags).toEqual(['weak-evidence']);
    const missing = [...cohortOf(GENEROUS), { key: 'x', centreMark: 30, workNotReceived: true }];
    expect(outcomeOf(missing, points(50)).flags).toEqual(['large-adjustment', 'work-not-received']);
  });
});

describe('the order of merit', () => {
  it('in doubt stops every automatic adjustment (V4)', () => {
    for (const method of ['ols', 'constant', 'structural'] as const) {
      const outcome = outcomeOf(cohortOf(V4), points(60, { method }));
      expect(outcome).toEqual({
        stage: 'order-doubtful',
        method,
        rho: '-0.3',
        flags: ['low-rho', 'slope-not-positive', 'weak-evidence'],
        adjusted: [],
      });
    }
  });

  it('is sound at 0.8 exactly, and equal marks share their rank', () => {
    const exactly: Pairs = [[1, 1], [2, 3], [3, 2], [4, 5], [5, 4]];
    expect(orderOf(exactly.map(([x, y]) => ({ x, y })))).toEqual({ rho: '0.8', isSound: true });
    expect(orderOf(TIED.map(([x, y]) => ({ x, y })))).toEqual({ rho: '0.981981', isSound: true });
    expect(orderOf([{ x: 1, y: 5 }, { x: 2, y: 5 }])).toBeUndefined();
  });

  it('cannot be seen in two pairs, nor where all marks are equal', () => {
    expect(outcomeOf(cohortOf([[20, 30], [30, 40]]), points(60)).flags).toEqual(['too-few-pairs', 'weak-evidence']);
    expect(outcomeOf(cohortOf([[20, 30], [20, 40], [20, 50]]), points(60)).flags).toContain('no-variance');
    expect(outcomeOf(cohortOf([], [20]), points(60)).stage).toBe('order-doubtful');
    expect(outcomeOf(cohortOf([[20, 22]]), points(60)).stage).toBe('accepted');
  });
});

describe('what the principal may choose', () => {
  it('is every method, the order in doubt or not, while the line rises', () => {
    const cohort = cohortOf(V4, [30]);
    expect(chosenOutcome(cohort, points(60), 'ols')).toEqual({ unsuitable: 'slope-not-positive' });
    expect(chosenOutcome(cohort, points(60), 'structural')).toEqual({ unsuitable: 'slope-not-positive' });
    expect(chosenOutcome(cohort, points(60), 'constant')).toMatchObject({ stage: 'adjusted', a: '4/5', b: '1' });
    const anchors = [{ at: 30, difference: 4 }];
    expect(chosenOutcome(cohort, points(60, { anchors }), 'piecewise')).toMatchObject({ method: 'piecewise' });
    expect(chosenOutcome(cohort, points(60), 'accept')).toMatchObject({ stage: 'accepted', method: 'accept', adjusted: [] });
    expect(chosenOutcome(cohortOf([[20, 30]]), points(60), 'ols')).toEqual({ unsuitable: 'too-few-pairs' });
    expect(chosenOutcome(cohort, points(60), 'piecewise')).toEqual({ unsuitable: 'no-anchors' });
    expect(outcomeOf(cohortOf(V3), points(60, { method: 'piecewise' })).flags).toEqual(['no-anchors', 'weak-evidence']);
  });

  it('is the moderator marks where the whole cohort was looked at', () => {
    const own = cohortOf(V4, [0]);
    const settings = points(60);
    expect(chosenOutcome([...own, ...cohortOf([], [30])], settings, 'use-moderator-marks')).toEqual({
      unsuitable: 'cohort-not-sampled',
    });
    const outcome = chosenOutcome(own, settings, 'use-moderator-marks') as Outcome;
    expect(outcome.adjusted.map(({ mark }) => mark)).toEqual([38, 24, 33, 22, 37, 0]);
    expect(outcome.method).toBe('use-moderator-marks');
  });

  it('is used by itself where the component has it so, the order being sound', () => {
    const settings = points(50, { useModeratorMarks: true });
    expect(outcomeOf(cohortOf(GENEROUS), settings)).toMatchObject({ method: 'use-moderator-marks' });
    expect(outcomeOf(cohortOf(GENEROUS, [30]), settings)).toMatchObject({ method: 'ols' });
    expect(outcomeOf(cohortOf(V4), points(60, { useModeratorMarks: true })).stage).toBe('order-doubtful');
  });
});

describe('settings', () => {
  it.each<[string | undefined, Partial<AdjustmentSettings>]>([
    [undefined, {}],
    ['tolerance', { tolerance: 0 }],
    ['method', { method: 'guess' as 'ols' }],
    [undefined, { method: 'deming' }],
    [undefined, { method: 'piecewise' }],
    ['lambda', { method: 'deming', lambda: '0.0' }],
    ['anchors', { method: 'piecewise', anchors: [] }],
    ['anchors', { anchors: [{ at: 61, difference: 0 }] }],
  ])('lack or break %s', (field, more) => {
    expect(malformedAdjustment(points(60, more))).toBe(field);
  });

  it('read lambda as a decimal', () => {
    expect(['1', '0.75', '12.000001'].every(isLambda)).toBe(true);
    expect(['', '0', '-1', '1.', '.5', '1/2', '1e3'].some(isLambda)).toBe(false);
  });
});
