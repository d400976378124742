import { describe, expect, it } from '@jest/globals';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { painter } from '../components/paint.js';
import type { Line } from './screen.js';
import { createRowWriter } from './terminal-rows.js';

const COLUMNS = 24;
const ROWS = 5;

const paint = painter('default');
const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abc019 │✓▸…é'), maxLength: 12 }),
  fc.constantFrom('漢字', '😀', 'e\u0301', '', ' '),
);
const span = fc.oneof(word, fc.record({ text: word, as: fc.constantFrom('selected', 'ok', 'title', 'error', 'key') }));
const line = fc.oneof(word, fc.array(span, { maxLength: 5 })) as fc.Arbitrary<Line>;
const frame = fc.array(line, { maxLength: ROWS }).map((lines) => lines.map((one) => paint(one, COLUMNS)));

describe('row writer', () => {
  it('leaves on the terminal what a fresh drawing would: text, colours and all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 6 }), async (frames) => {
        const writer = createRowWriter();
        const changed = await shown(frames.map((rows) => writer.draw(rows)).join(''));
        const fresh = await shown(createRowWriter().draw(frames.at(-1)!));
        expect(changed).toEqual(fresh);
      }),
      { numRuns: 150 },
    );
  });

  it('writes nothing for what is unchanged, and a few bytes for a digit', () => {
    const writer = createRowWriter();
    const row = (mark: string) => [paint([` 0001  ${'Candidate'.padEnd(60)}`, { text: mark, as: 'selected' }, '  saved'], 140)];
    writer.draw(row('3 '));
    expect(writer.draw(row('3 '))).toBe('');
    expect(writer.draw(row('34')).length).toBeLessThan(24);
  });

  it('draws everything again once the terminal was emptied', () => {
    const writer = createRowWriter();
    const first = writer.draw(['a', 'b']);
    writer.forget();
    expect(writer.draw(['a', 'b'])).toBe(first);
  });
});

async function shown(bytes: string): Promise<unknown> {
  const terminal = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const cells = [];
  for (let y = 0; y < ROWS; y += 1) {
    for (let x = 0; x < COLUMNS; x += 1) {
      const cell = terminal.buffer.active.getLine(y)!.getCell(x)!;
      // A cell never written and one written blank look the same.
      cells.push([cell.getChars() || ' ', cell.getFgColor(), cell.getBgColor(), cell.isInverse(), cell.isBold(), cell.isUnderline()]);
    }
  }
  terminal.dispose();
  return cells;
}
