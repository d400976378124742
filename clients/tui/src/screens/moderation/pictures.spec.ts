import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coefficient, plotRows } from './plot.js';
import { BAR_CELLS, toleranceBar } from './tolerance-bar.js';
import { anchorsText, readAnchors } from './what-if.state.js';

describe('the tolerance bar', () => {
  it('says by its shape whether a mark is within, whatever the rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 1, max: 20 }), (difference, tolerance) => {
        const bar = [...toleranceBar(difference, tolerance)];
        expect(bar).toHaveLength(BAR_CELLS);
        const isWithin = Math.abs(difference) <= tolerance;
        expect(bar.includes(isWithin ? '●' : '◆')).toBe(true);
        const empty = [...toleranceBar(undefined, tolerance)];
        const at = bar.findIndex((cell) => cell === '●' || cell === '◆');
        expect(empty[at] === '·').toBe(!isWithin);
      }),
    );
  });

  it('goes to the side of the sign', () => {
    expect(toleranceBar(0, 3)).toBe('···───●───···');
    expect(toleranceBar(-3, 3)).toBe('···●──┼───···');
    expect(toleranceBar(4, 3)).toBe('···───┼───◆··');
    expect(toleranceBar(undefined, 3)).toBe('···───┼───···');
  });
});

describe('the plot', () => {
  const size = { columns: 20, rows: 8 };

  it('is as large as asked, and shows every pair within it', () => {
    const pair = fc.record({ x: fc.integer({ min: 0, max: 50 }), y: fc.integer({ min: 0, max: 50 }), isWithin: fc.boolean() });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 25 }), (pairs) => {
        const rows = plotRows({ pairs, maximum: 50, line: { a: -0.5, b: 1.02 } }, size);
        expect(rows.map((row) => [...row].length)).toEqual(Array.from({ length: size.rows }, () => size.columns));
        expect(rows.join('')).toMatch(/[●◆]/);
        // What is outside is never hidden behind what is within.
        if (pairs.some(({ isWithin }) => !isWithin)) expect(rows.join('')).toContain('◆');
      }),
    );
  });

  it('puts zero left and low, the maximum right and high', () => {
    const rows = plotRows({ pairs: [{ x: 0, y: 0, isWithin: true }, { x: 50, y: 50, isWithin: false }], maximum: 50, line: undefined }, size);
    expect(rows.at(-1)!.startsWith('●')).toBe(true);
    expect(rows[0]!.endsWith('◆')).toBe(true);
  });

  it('draws the fitted line from the written coefficients', () => {
    expect(coefficient('-1122/2425')).toBeCloseTo(-0.46268);
    expect([coefficient('0.5'), coefficient('5'), coefficient(null), coefficient('x')]).toEqual([0.5, 5, undefined, undefined]);
    const without = plotRows({ pairs: [], maximum: 50, line: undefined }, size).join('');
    const withLine = plotRows({ pairs: [], maximum: 50, line: { a: 10, b: 1 } }, size).join('');
    expect(withLine.replaceAll(' ', '').length).toBeGreaterThan(without.replaceAll(' ', '').length);
  });
});

describe('anchors as people write them', () => {
  it('are read as written, or not at all', () => {
    expect(readAnchors('10:+2 30:-1')).toEqual([{ at: 10, difference: 2 }, { at: 30, difference: -1 }]);
    expect(readAnchors('10:2,30:−1')).toEqual([{ at: 10, difference: 2 }, { at: 30, difference: -1 }]);
    expect(['', '10', '10:', 'x:1', '10:+2 30'].map(readAnchors)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(anchorsText([{ at: 10, difference: 2 }, { at: 30, difference: -1 }])).toBe('10:+2 30:−1');
  });
});
