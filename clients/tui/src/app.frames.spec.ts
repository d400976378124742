import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FRAMES, frameName, shown } from './app.frames-testing.js';

/**
 * Every screen whole, as a person sees it, in both sizes: written down in `app.frames.golden.txt`, where `⋮ 12` stands for
 * twelve empty rows. A frame that changes on purpose is changed there, after it was read.
 */
const golden = readFileSync(new URL('../src/app.frames.golden.txt', import.meta.url), 'utf8');
const expected = new Map(
  golden
    .split(/^=== /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1, -1)]),
);

describe.each([
  { columns: 80, rows: 24 },
  { columns: 140, rows: 44 },
])('at $columns×$rows', (size) => {
  it.each(Object.keys(FRAMES))('shows %s', (name) => {
    expect(shown(name, size)).toBe(expected.get(frameName(name, size)));
  });
});
