import { describe, expect, it } from '@jest/globals';
import { candidate, Marker, sheetOfSize } from './testing.js';

const asides = (marker: Marker) =>
  marker.effects.flatMap((effect) => (effect.type === 'mark-entry/set-aside' ? effect.entries.map(({ candidate: one, typed }) => [one, typed]) : []));

const reopened = (aside: readonly { candidate: string; typed: string }[], candidates = sheetOfSize(5).candidates) => {
  const marker = new Marker(sheetOfSize(0, { candidates: [] }));
  marker.tell({ type: 'loaded', sheet: sheetOfSize(0, { candidates }), queued: [], refused: [], aside });
  return marker;
};

describe('what was typed and not taken', () => {
  it('is kept for the next time, until something takes its place', () => {
    const marker = new Marker().press('85\r34\r');
    expect(asides(marker)).toEqual([['0001', '85']]);
    marker.key('home').press('58\r').record();
    expect(asides(marker)).toEqual([['0001', '85'], ['0001', null]]);
  });

  it('is forgotten where it is taken back', () => {
    expect(asides(new Marker().press('85\ru'))).toEqual([['0001', '85'], ['0001', null]]);
  });

  it('stands on its row again when the sheet is opened again, with why it was refused', () => {
    const marker = reopened([{ candidate: '0002', typed: '85' }]);
    expect(marker.values()).toEqual(['CLEAR', '85!', 'CLEAR', 'CLEAR', 'CLEAR']);
    expect(asides(marker)).toEqual([]);
    expect(marker.press('!').screen()).toContain('! 85 is over the maximum of 80.');
  });

  it('is no mark by itself where it would be one by now', () => {
    const marker = reopened([{ candidate: '0001', typed: '70' }]);
    expect([marker.sent, marker.values()[0]]).toEqual([[], '70!']);
    expect(marker.screen()).toContain('70 was typed here and not taken');
  });

  it('does not come back over what the person has done since', () => {
    const marker = new Marker().press('85\r').key('home').press('58\r').record();
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5), queued: [], refused: [], aside: [{ candidate: '0001', typed: '85' }] });
    expect(marker.values()[0]).toBe('58');
  });

  it('is over where the candidate has been submitted', () => {
    const marker = reopened([{ candidate: '0001', typed: '85' }], [candidate(0, { state: 'submitted', mark: 34 })]);
    expect([marker.values()[0], asides(marker)]).toEqual(['34', [['0001', null]]]);
  });
});
