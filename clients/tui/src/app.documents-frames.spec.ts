import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DOCUMENTS_FRAMES } from './app.documents-frames-testing.js';
import { frameName, textOf } from './app.frames-testing.js';
import { lineWidth } from './components/paint.js';
import { SCREENS } from './app.screens.js';
import { viewApp } from './app.view.js';
import type { Key } from './platform/input/key.js';

/** As `app.frames.spec.ts`, for the page Documents: every state whole, written down in `app.documents-frames.golden.txt`. */
const golden = readFileSync(new URL('../src/app.documents-frames.golden.txt', import.meta.url), 'utf8');
const expected = new Map(
  golden
    .split(/^=== /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1, -1)]),
);

describe.each([
  { columns: 80, rows: 24 },
  { columns: 140, rows: 44 },
])('documents at $columns×$rows', (size) => {
  it.each(Object.keys(DOCUMENTS_FRAMES))('shows %s', (name) => {
    expect(textOf(DOCUMENTS_FRAMES[name]!(size))).toBe(expected.get(frameName(name, size)));
  });

  it.each(Object.keys(DOCUMENTS_FRAMES))('is no wider than the terminal: %s', (name) => {
    for (const line of viewApp(DOCUMENTS_FRAMES[name]!(size).state(), SCREENS)) expect(lineWidth(line)).toBeLessThanOrEqual(size.columns);
  });
});

const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('enter', 'escape', 'up', 'down', 'left', 'home', 'end', 'pagedown', 'f5', 'f9', ...'aospycr/jk?:').map((name): Key => ({ kind: 'key', name })) },
  fc.string({ unit: 'binary', maxLength: 20 }).map((text): Key => ({ kind: 'paste', text })),
);

it('takes any keys without falling over, and never shows a control character', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(DOCUMENTS_FRAMES)), fc.array(key, { maxLength: 50 }), (name, keys) => {
      const page = DOCUMENTS_FRAMES[name]!({ columns: 80, rows: 24 });
      page.keys(...keys);
      expect(viewApp(page.state(), SCREENS)).toHaveLength(23);
      expect(page.text()).not.toMatch(/[^\P{Cc}\n]/u);
    }),
    { numRuns: 60 },
  );
});
