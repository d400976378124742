import { describe, expect, it } from '@jest/globals';
import { textOf } from './app.frames-testing.js';
import { describeFrames } from './app.golden-frames-testing.js';
import { MODERATION_FRAMES } from './app.moderation-frames-testing.js';

describeFrames('moderation', 'app.moderation-frames.golden.txt', MODERATION_FRAMES);

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
