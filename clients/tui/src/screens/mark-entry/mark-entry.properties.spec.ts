import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Key } from '../../platform/input/key.js';
import { translator } from '../../platform/i18n/translate.js';
import { isLocked, totalsOf, valueOf } from './grid.state.js';
import { Marker, sheetOfSize, candidate } from './testing.js';
import { view } from './mark-entry.view.js';

const NAMES = [
  ...'0123456789.AanNeugrvVsHyt!kjhl?:/*-+xQ ', 'enter', 'tab', 'escape', 'backspace', 'delete', 'up', 'down', 'pageup', 'pagedown',
  'home', 'end', 'f2', 'f5', 'space', 'left', 'right',
];
const anyKey = fc.record({ name: fc.constantFrom(...NAMES), ctrl: fc.boolean(), pad: fc.boolean() }).map(
  ({ name, ctrl, pad }): Key => ({ kind: 'key', name, ...(ctrl && /^[a-z]$/.test(name) && { ctrl: true as const }), ...(pad && /^[\d*+/.-]$/.test(name) && { pad: true as const }) }),
);
const paste = fc.array(fc.constantFrom('7', '81', 'ABS', ' 7', '', 'x\u001b[2J'), { maxLength: 6 }).map((lines): Key => ({ kind: 'paste', text: lines.join('\n') }));
const ACTIONS = ['clear-all', 'script-not-received', 'script-received', 'concern', 'unlisted', 'hand-over', 'numbers', 'reload'];

type Step = { readonly key: Key } | { readonly happens: string } | { readonly action: string };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 30, arbitrary: anyKey.map((key) => ({ key })) },
  { weight: 1, arbitrary: paste.map((key) => ({ key })) },
  { weight: 4, arbitrary: fc.constantFrom('record', 'keep', 'refuse', 'conflict', 'reload', 'offline', 'tick', 'changed').map((happens) => ({ happens })) },
  { weight: 1, arbitrary: fc.constantFrom(...ACTIONS).map((action) => ({ action })) },
);

function happen(marker: Marker, what: string): void {
  if (what === 'record') marker.record();
  else if (what === 'keep') marker.keep();
  else if (what === 'refuse') marker.refuse({ type: 'mark-locked' });
  else if (what === 'conflict') marker.refuse({ type: 'changed-elsewhere', mark: 1, revision: 3, by: 'x', at: '2017-01-30T11:00:00Z' } as never);
  else if (what === 'reload') marker.tell({ type: 'loaded', sheet: sheetOfSize(12), queued: [], refused: [] });
  else if (what === 'offline') marker.tell({ type: 'status', status: { connection: 'offline', queued: 1, lastAcknowledgedAt: undefined } });
  else marker.tell({ type: what } as never);
}

/** A value sent for a candidate was typed while the cursor or the question stood on that candidate. */
function check(marker: Marker, promised: Map<string, string>): void {
  const { state } = marker;
  expect(state.cursor).toBeGreaterThanOrEqual(0);
  expect(state.cursor).toBeLessThanOrEqual(state.shown.length);
  const { marked, absent, blank, outstanding } = totalsOf(state.rows);
  expect(marked + absent + blank + outstanding).toBe(state.rows.length);
  for (const [commandId, number] of promised) {
    const row = marker.row(number);
    const isPending = row.pending.some((one) => one.commandId === commandId);
    expect(isPending || !marker.sent.some((mark) => mark.commandId === commandId)).toBe(true);
  }
  const frame = view(state, marker.size, { t: translator('en'), language: 'en', now: 0 });
  expect(frame.lines.length).toBeLessThanOrEqual(marker.size.rows);
}

const RUNS = Number(process.env['PORTAL_GRID_RUNS'] ?? 500);

describe('the grid under any keys', () => {
  it(`never throws, loses nothing committed and keeps its counts, over ${RUNS * 200} keys`, () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 200, maxLength: 200, size: 'max' }), (steps) => {
        const candidates = Array.from({ length: 12 }, (_, index) => candidate(index, index === 3 ? { state: 'submitted', mark: 9 } : {}));
        const marker = new Marker(sheetOfSize(12, { candidates }));
        const promised = new Map<string, string>();
        for (const one of steps) {
          const where = marker.at();
          const before = marker.sent.length;
          const mode = marker.state.mode;
          if ('key' in one) marker.tell({ type: 'key', key: one.key });
          else if ('action' in one) marker.tell({ type: 'action', action: one.action });
          else happen(marker, one.happens);
          for (const mark of marker.sent.slice(Math.min(before, marker.sent.length))) {
            promised.set(mark.commandId, mark.candidate);
            const asked = mode.kind === 'numbers' ? mode.candidate : where;
            const isGroup = ['paste', 'clear-all'].includes(mode.kind) || ('key' in one && one.key.kind === 'key' && /^(u|z|y|-)$/.test(one.key.name));
            if (!isGroup) expect(mark.candidate).toBe(asked);
          }
        }
        check(marker, promised);
        expect(marker.state.rows.filter(isLocked).every((row) => valueOf(row) === '9' || row.pending.length > 0)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('is always left by Esc, and never with a mark lost', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const marker = new Marker(sheetOfSize(6));
        for (const one of steps) if ('key' in one) marker.tell({ type: 'key', key: one.key });
        const sent = marker.sent.length;
        for (let presses = 0; presses < 6; presses += 1) marker.press('\u001b');
        expect(marker.effects.some(({ type }) => type === 'back')).toBe(true);
        expect(marker.sent).toHaveLength(sent);
      }),
    );
  });
});
