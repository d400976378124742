import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOSTILE } from '../app.testing.js';
import { width } from '../platform/text/width.js';
import { overlaid } from './box.js';
import { editField, EMPTY_FIELD, type Field } from './field.js';
import { lineWidth, painter, plainText, takeColumns } from './paint.js';
import { createRowHandles, HANDLE_COLUMNS } from '../platform/terminal-handles.js';

describe('painter', () => {
  it('paints by meaning, and the same line object once', () => {
    const line = [' 0001 ', { text: 'saved', as: 'ok' as const }];
    const paint = painter('default');
    expect(paint(line, 20)).toBe(' 0001 \u001b[32msaved\u001b[0m');
    expect(paint(line, 20)).toBe(paint(line, 20));
    expect(painter('none')(line, 20)).toBe(' 0001 saved');
  });

  it('is the last border that harmful text does not pass', () => {
    const painted = painter('none')([{ text: HOSTILE, as: 'ok' }, HOSTILE], 80) + painter('none')(HOSTILE, 80);
    expect(painted).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200f]/u);
  });
});

describe('columns of a line', () => {
  const line = fc.array(fc.oneof(fc.string({ unit: fc.constantFrom('a', ' ', '漢', '│') }), fc.record({
    text: fc.string({ unit: fc.constantFrom('b', '字') }),
    as: fc.constant('ok' as const),
  })));

  it('are as many as asked for, whatever is cut', () => {
    fc.assert(
      fc.property(line, fc.nat(20), fc.nat(20), (one, from, more) => {
        expect(lineWidth(takeColumns(one, from, from + more))).toBe(more);
      }),
    );
  });

  it('stay as they are beside a box laid over them', () => {
    const below = Array.from({ length: 20 }, (_, row) => `${row}`.padEnd(80, '·'));
    const rows = overlaid(below, { title: 'Title', lines: ['one'], keys: [] }, { columns: 80, rows: 20 });
    expect(rows.map(lineWidth)).toEqual(rows.map(() => 80));
    expect(plainText(rows[0]!)).toBe(below[0]);
    expect(plainText(rows[9]!)).toContain('│ one');
  });
});

describe('field', () => {
  it('keeps its cursor inside its text, whatever is typed', () => {
    const key = fc.constantFrom('a', 'é', '漢', 'left', 'right', 'home', 'end', 'backspace', 'delete');
    fc.assert(
      fc.property(fc.array(key), (names) => {
        const field = names.reduce<Field>((one, name) => editField(one, { kind: 'key', name }) ?? one, EMPTY_FIELD);
        expect(field.cursor).toBeGreaterThanOrEqual(0);
        expect(field.cursor).toBeLessThanOrEqual([...field.text].length);
      }),
    );
  });
});

describe('row handles', () => {
  it('stand for the row they were made for, also in the frame before, however many there were', () => {
    const { handles, rows } = createRowHandles();
    let before: readonly string[] = [];
    let beforeHandles: readonly string[] = [];
    for (let frame = 0; frame < 1200; frame += 1) {
      const now = ['title', ...Array.from({ length: 43 }, (_, row) => `${frame} ${row}`)];
      const made = handles(now);
      expect(made.every((one) => width(one) === HANDLE_COLUMNS)).toBe(true);
      expect(rows(made)).toEqual(now);
      expect(rows(beforeHandles)).toEqual(before);
      before = now;
      beforeHandles = made;
    }
  });
});
