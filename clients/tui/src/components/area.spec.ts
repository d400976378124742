import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaLines, areaOf, editArea, type Area } from './area.js';
import { lineWidth, plainText } from './paint.js';
import type { Key } from '../platform/input/key.js';

const options = { columns: 20, longest: 60 };
const press = (area: Area, ...names: readonly string[]): Area =>
  names.reduce((next, name) => editArea(next, { kind: 'key', name } as Key, options) ?? next, area);

describe('an area of text', () => {
  it('keeps its own line ends, and breaks rows where the width asks for it', () => {
    const area = areaOf('one two three four five six\nseven');
    expect(areaLines(area, { columns: 12, rows: 9 }, false).map(plainText)).toEqual(['one two ', 'three four ', 'five six', 'seven']);
  });

  it('moves by rows as they are shown', () => {
    const area = areaOf('one two three four five six');
    const up = press({ ...area }, 'up');
    expect(press(up, 'down').cursor).toBe(area.cursor);
    expect(press(up, 'x').text).not.toBe(area.text);
  });

  it('takes no more than fits, and a paste keeps its paragraphs', () => {
    expect(editArea(areaOf(''), { kind: 'paste', text: 'a\r\nb' }, options)?.text).toBe('a\nb');
    expect(editArea(areaOf('a'.repeat(60)), { kind: 'key', name: 'b' }, options)?.text).toHaveLength(60);
  });

  it('never loses or moves a character, whatever is pressed', () => {
    const name = fc.constantFrom('a', 'space', 'enter', 'left', 'right', 'up', 'down', 'home', 'end', '漢');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), (names) => {
        let area = areaOf('');
        let typed = 0;
        for (const one of names) {
          const before = [...area.text].length;
          area = press(area, one);
          const grew = [...area.text].length - before;
          expect(grew).toBe(['a', 'space', 'enter', '漢'].includes(one) && area.text.length <= options.longest ? grew : 0);
          typed += grew;
          expect(area.cursor).toBeGreaterThanOrEqual(0);
          expect(area.cursor).toBeLessThanOrEqual([...area.text].length);
          for (const line of areaLines(area, { columns: 20, rows: 5 }, true)) expect(lineWidth(line)).toBeLessThanOrEqual(20);
        }
        expect([...area.text]).toHaveLength(typed);
      }),
    );
  });
});
