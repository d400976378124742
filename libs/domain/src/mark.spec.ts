import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMark, inPoints, parseMark } from './mark.js';

const whole = { maximum: 50, halfMarks: false };
const half = { maximum: 50, halfMarks: true };

describe('parseMark', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    ['50', 50],
    ['ABS', 'ABS'],
    ['CLEAR', 'CLEAR'],
  ])('takes %s', (text, parsed) => {
    expect(parseMark(text, whole)).toEqual({ parsed });
  });

  it.each([
    '',
    ' ',
    '7.',
    '.5',
    '7.0',
    '7e0',
    '0x7',
    ' 7',
    '7 ',
    '7\n',
    '07',
    '00',
    '-1',
    '-0',
    '+7',
    '０７',
    '７',
    '٧',
    '1,5',
  ])('refuses %j as malformed', (typed) => {
    expect(parseMark(typed, whole)).toEqual({ refused: { reason: 'MarkMalformed', typed } });
  });

  it.each(['abs', 'Abs', 'CF', 'clear', 'null', 'NaN', 'Infinity', '7.25', '7.50', '7.5.5', '1e1'])(
    'refuses %j as malformed, with half marks too',
    (typed) => {
      expect(parseMark(typed, half)).toEqual({ refused: { reason: 'MarkMalformed', typed } });
    },
  );

  it('refuses what is over the maximum, however long', () => {
    const refused = { reason: 'MarkOutOfRange', maximum: 50 };
    expect(parseMark('51', whole)).toEqual({ refused });
    expect(parseMark('56', whole)).toEqual({ refused });
    expect(parseMark('50.5', half)).toEqual({ refused });
    expect(parseMark('9'.repeat(400), whole)).toEqual({ refused });
  });

  it('takes halves only where there are half marks, and counts them in half-points', () => {
    expect(parseMark('7.5', half)).toEqual({ parsed: 15 });
    expect(parseMark('7', half)).toEqual({ parsed: 14 });
    expect(parseMark('7.5', whole)).toEqual({ refused: { reason: 'MarkNotHalf', typed: '7.5' } });
  });

  it('takes exactly the canonical numerals', () => {
    const near = fc.stringMatching(/^[-+ .,0-9eE０-９]{0,5}$/);
    const numeral = fc.integer({ min: 0, max: 140 }).map((halves) => String(halves / 2));
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), near, numeral),
        fc.boolean(),
        fc.integer({ min: 1, max: 60 }),
        (text, halfMarks, maximum) => {
          const accepted = 'parsed' in parseMark(text, { maximum, halfMarks });
          expect(accepted).toBe(canonical(maximum, halfMarks).has(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('takes back what formatMark writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.boolean(), (value, halfMarks) => {
        const text = formatMark(value, halfMarks);
        expect(parseMark(text, { maximum: 100, halfMarks })).toEqual({ parsed: value });
        expect(Number(text)).toBe(inPoints(value, halfMarks));
      }),
    );
    expect(formatMark('ABS', true)).toBe('ABS');
    expect(formatMark(undefined, false)).toBe('');
  });
});

/** By counting, not by grammar: every mark there is on this scale, and the two words. */
function canonical(maximum: number, halfMarks: boolean): ReadonlySet<string> {
  const texts = new Set(['ABS', 'CLEAR']);
  for (let points = 0; points <= maximum; points += halfMarks ? 0.5 : 1) texts.add(`${points}`);
  return texts;
}
