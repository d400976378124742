import { describe, expect, it } from '@jest/globals';
import { separation, toldApart } from './separation.js';

const spread = (from: number, size = 20) => Array.from({ length: size }, (_, n) => from + ((n * 7) % size));

describe('times', () => {
  it('that are alike are not told apart; those that are not, are', () => {
    expect(separation([1, 2, 3], [1, 2, 3])).toBe(0.5);
    expect([separation([4, 5], [1, 2]), separation([1, 2], [4, 5])]).toEqual([1, 0]);
    expect(toldApart({ one: spread(300), two: spread(301), three: spread(299) })).toEqual([]);
    expect(toldApart({ one: spread(300), two: spread(300), fast: spread(3) })).toEqual(['one and fast: 1.000', 'two and fast: 1.000']);
  });

  it('of many tries show what few do not', () => {
    const slower = (size: number) => ({ one: spread(300, size), two: spread(300 + size / 5, size) });
    expect(toldApart(slower(10))).toEqual([]);
    expect(toldApart(slower(1000))).toHaveLength(1);
  });
});
