import { describe, expect, it } from '@jest/globals';
import { comparisonOf } from './comparison.js';
import type { Moderated } from './outcome.js';

const settings = { maximum: 60, halfMarks: false, tolerance: 3, method: 'ols' } as const;
const pair = (key: string, centreMark: Moderated['centreMark'], moderatorMark?: number): Moderated =>
  ({ key, centreMark, ...(moderatorMark !== undefined && { moderatorMark }) });
/** The third vector of the rules: y = x + 5, and five who were not looked at. */
const shifted = [
  ...[10, 20, 30, 40, 50].map((mark) => pair(`s${mark}`, mark, mark + 5)),
  pair('a', 33),
  pair('b', 57),
  pair('c', 60),
  pair('d', 0),
  pair('e', 'ABS'),
];

describe('a comparison', () => {
  it('says how many marks move, and by how much', () => {
    expect(comparisonOf(shifted, settings, 'ols')).toMatchObject({
      unsuitable: null, moved: 7, of: 9, smallest: 3, largest: 5, mean: 4.7143, residual: 0, largestResidual: 0, orderKept: true,
      outcome: { stage: 'adjusted', a: '5', b: '1' },
    });
    expect(comparisonOf(shifted, settings, 'accept')).toMatchObject({ moved: 0, smallest: 0, largest: 0, mean: 0, residual: 5, largestResidual: 5, orderKept: true });
    expect(comparisonOf(shifted, { ...settings, tolerance: 5 }, 'ols')).toMatchObject({ moved: 0, residual: 5, outcome: { stage: 'accepted' } });
  });

  it('says why a choice cannot be carried out', () => {
    expect(comparisonOf(shifted, settings, 'use-moderator-marks')).toMatchObject({ unsuitable: 'cohort-not-sampled', moved: 0, of: 9, outcome: undefined });
    expect(comparisonOf(shifted, settings, 'piecewise')).toMatchObject({ unsuitable: 'no-anchors' });
  });

  it('says where the order would not be kept', () => {
    const turned = [pair('a', 10, 30), pair('b', 20, 22), pair('c', 30, 31), pair('d', 40, 47)];
    expect(comparisonOf(turned, settings, 'use-moderator-marks').orderKept).toBe(false);
    const parted = [pair('a', 10, 10), pair('b', 20, 25), pair('c', 20, 30), pair('d', 40, 40)];
    expect(comparisonOf(parted, settings, 'use-moderator-marks').orderKept).toBe(false);
    expect(comparisonOf(turned, settings, 'ols').orderKept).toBe(true);
  });

  it('is in points, also where marks are counted in halves', () => {
    const halves = shifted.slice(0, 5).map(({ key, centreMark, moderatorMark = 0 }) => pair(key, Number(centreMark) * 2, moderatorMark * 2 + 1));
    expect(comparisonOf(halves, { ...settings, halfMarks: true }, 'constant')).toMatchObject({ moved: 5, smallest: 5.5, largest: 5.5, mean: 5.5, residual: 0 });
  });
});
