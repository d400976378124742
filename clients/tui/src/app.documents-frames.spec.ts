import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DOCUMENTS_FRAMES } from './app.documents-frames-testing.js';
import { describeFrames } from './app.golden-frames-testing.js';
import { SCREENS } from './app.screens.js';
import { viewApp } from './app.view.js';
import type { Key } from './platform/input/key.js';

describeFrames('documents', 'app.documents-frames.golden.txt', DOCUMENTS_FRAMES);

const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('enter', 'escape', 'up', 'down', 'left', 'home', 'end', 'pagedown', 'f5', 'f9', ...'aospycnr/jk?:').map((name): Key => ({ kind: 'key', name })) },
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
