import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { MODERATION_FRAMES } from './app.moderation-frames-testing.js';
import { frameName, textOf } from './app.frames-testing.js';
import { lineWidth } from './components/paint.js';
import { SCREENS } from './app.screens.js';
import { viewApp } from './app.view.js';

/** As `app.frames.spec.ts`, for moderation: every page whole, written down in `app.moderation-frames.golden.txt`. */
const golden = readFileSync(new URL('../src/app.moderation-frames.golden.txt', import.meta.url), 'utf8');
const expected = new Map(
  golden
    .split(/^=== /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1, -1)]),
);

describe.each([
  { columns: 80, rows: 24 },
  { columns: 140, rows: 44 },
])('moderation at $columns×$rows', (size) => {
  it.each(Object.keys(MODERATION_FRAMES))('shows %s', (name) => {
    expect(textOf(MODERATION_FRAMES[name]!(size))).toBe(expected.get(frameName(name, size)));
  });

  it.each(Object.keys(MODERATION_FRAMES))('is no wider than the terminal: %s', (name) => {
    for (const line of viewApp(MODERATION_FRAMES[name]!(size).state(), SCREENS)) expect(lineWidth(line)).toBeLessThanOrEqual(size.columns);
  });
});

describe('the seven columns of mark input', () => {
  it.each([80, 100, 124, 125, 160])('stand whole at %d columns, in both languages', (columns) => {
    for (const name of ['mark input', 'mark input in Welsh']) {
      const text = textOf(MODERATION_FRAMES[name]!({ columns, rows: 44 }));
      expect(text).not.toContain('…]');
      for (const word of ['506', '74', '12,345', '1,234']) expect(text).toContain(word);
      expect(text).toMatch(/\[(REVIEW MARKS\(74\) REMAINING|ADOLYGU MARCIAU\(74\) YN WEDDILL)\]/);
    }
  });
});
