import { describe, expect, it } from '@jest/globals';
import { candidate, Marker, sheetOfSize } from './testing.js';

describe('taking back', () => {
  it('undoes and does again, as new events', () => {
    const marker = new Marker().press('34\r').record().press('u').record();
    expect(marker.values()[0]).toBe('CLEAR');
    expect(marker.key('y', { ctrl: true }).record().values()[0]).toBe('34');
  });

  it('takes a pasted column as one step, after showing it', () => {
    const marker = new Marker();
    marker.tell({ type: 'key', key: { kind: 'paste', text: '10\n 11\n\n12\n' } });
    expect(marker.sent).toEqual([]);
    expect(marker.screen()).toContain('“ 11” is not a mark.');
    marker.press('\r').record();
    expect(marker.values()).toEqual(['10', ' 11!', 'CLEAR', '12', 'CLEAR']);
    expect(marker.press('u').record().values()).toEqual(['CLEAR', 'CLEAR', 'CLEAR', 'CLEAR', 'CLEAR']);
  });

  it('clears everything entered since opening as one step', () => {
    const candidates = [candidate(0, { mark: 5, state: 'entered' }), candidate(1), candidate(2)];
    const marker = new Marker(sheetOfSize(3, { candidates })).press('6\r7\r8\r').record();
    marker.tell({ type: 'action', action: 'clear-all' });
    expect(marker.press('\r').record().values()).toEqual(['5', 'CLEAR', 'CLEAR']);
    expect(marker.press('u').record().values()).toEqual(['6', '7', '8']);
  });

  it('takes back a value that was not taken, and not the good mark before it', () => {
    const marker = new Marker().press('34\r85\r').record().press('u');
    expect([marker.sent, marker.values().slice(0, 2), marker.at()]).toEqual([[], ['34', 'CLEAR'], '0002']);
    expect(marker.key('y', { ctrl: true }).values()[1]).toBe('85!');
  });

  it('does not undo over what somebody else has put there since', () => {
    const marker = new Marker().press('34\r').record();
    const candidates = sheetOfSize(5).candidates.map((one, index) => (index === 0 ? { ...one, mark: 60, state: 'entered' as const, revision: 900 } : one));
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5, { candidates }), queued: [], refused: [] });
    expect(marker.press('u').sent).toEqual([]);
    expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.not-undone' } });
  });

  it('pastes onto open rows only, and onto the candidates that were shown', () => {
    const candidates = [candidate(0), candidate(1, { state: 'submitted', mark: 50 }), candidate(2)];
    const marker = new Marker(sheetOfSize(3, { candidates }));
    marker.tell({ type: 'key', key: { kind: 'paste', text: '10\n11\n12' } });
    marker.tell({ type: 'loaded', sheet: sheetOfSize(4, { candidates: [candidate(9), ...candidates] }), queued: [], refused: [] });
    marker.press('\r').record();
    expect(marker.values()).toEqual(['10', '50', '12', 'CLEAR']);
  });

  it('shows nothing of a pasted escape sequence but its letters', () => {
    const marker = new Marker();
    marker.tell({ type: 'key', key: { kind: 'paste', text: '7\u001b]52;c;eA==\u0007' } });
    expect(marker.screen()).not.toMatch(/[\u001b\u0007]/);
    expect(marker.press('\r').screen()).not.toMatch(/[\u001b\u0007]/);
  });
});
