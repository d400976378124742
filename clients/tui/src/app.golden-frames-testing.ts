/**
 * Frames whole, as a person sees them, in both sizes, against a golden file, where `⋮ 12` stands for twelve empty rows.
 * `PORTAL_GOLDEN=write npm test -- frames` writes the files anew: read the difference before committing it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { frameName, textOf } from './app.frames-testing.js';
import { SCREENS } from './app.screens.js';
import type { Rig } from './app.testing.js';
import { viewApp } from './app.view.js';
import { lineWidth } from './components/paint.js';
import type { Size } from './platform/screen.js';

type Frames = Readonly<Record<string, (size: Size) => Rig>>;

const SIZES: readonly Size[] = [{ columns: 80, rows: 24 }, { columns: 140, rows: 44 }];

export function describeFrames(what: string, file: string, frames: Frames): void {
  const path = new URL(`../src/${file}`, import.meta.url);
  if (process.env['PORTAL_GOLDEN'] === 'write') writeFileSync(path, written(frames));
  const expected = framesIn(readFileSync(path, 'utf8'));
  describe.each(SIZES)(`${what} at $columns×$rows`, (size) => {
    it.each(Object.entries(frames))('shows %s', (name, frame) => {
      expect(textOf(frame(size))).toBe(expected.get(frameName(name, size)));
    });

    it.each(Object.entries(frames))('is no wider than the terminal: %s', (_, frame) => {
      for (const line of viewApp(frame(size).state(), SCREENS)) expect(lineWidth(line)).toBeLessThanOrEqual(size.columns);
    });
  });
}

function written(frames: Frames): string {
  const all = SIZES.flatMap((size) => Object.entries(frames).map(([name, frame]) => `=== ${frameName(name, size)}\n${textOf(frame(size))}\n`));
  return all.join('');
}

function framesIn(golden: string): ReadonlyMap<string, string> {
  const parts = golden.split(/^=== /m).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1, -1)]));
}
