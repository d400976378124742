import { describe, expect, it } from '@jest/globals';
import { candidate, Marker, sheetOfSize } from './testing.js';

it('shows no sum while the first marks are hidden', () => {
  const marker = new Marker().press('34\r21\r').record();
  expect(marker.screen()).toContain('total 55');
  marker.press('v');
  expect(marker.screen()).not.toContain('total');
  marker.press('34\r21\r').key('end').key('down').press('55\r');
  expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.why.blind' } });
  expect(marker.state.controlChecked).toBe(false);
});

describe('blind second entry', () => {
  const entered = (): Marker => {
    const candidates = [30, 40].map((mark, index) => candidate(index, { mark, state: 'entered', revision: index + 1 }));
    return new Marker(sheetOfSize(2, { candidates })).press('v');
  };

  it('hides the first values', () => {
    expect(entered().screen()).not.toMatch(/\b(30|40)\b/);
  });

  it('neither shows nor settles a conflict', () => {
    const marker = new Marker().press('34\r').refuse({ type: 'changed-elsewhere', mark: 50, revision: 7, by: 'PORTAL Team Leader', at: '2017-01-30T11:00:00Z' });
    marker.key('up').press('v');
    expect(marker.screen()).not.toMatch(/\b(34|50)\b/);
    const before = marker.sent.length;
    expect(marker.press('y').effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.why.blind' } });
    expect(marker.press('t').effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.why.blind' } });
    expect(marker.sent).toHaveLength(before);
    expect(marker.press('v').screen()).toContain('yours 34 · theirs 50');
  });

  it('lists only differences for a decision', () => {
    const marker = entered().press('30\r44\r');
    expect(marker.effects.filter(({ type }) => type === 'mark-entry/verify')).toMatchObject([{ mark: '30', expect: 1 }, { mark: '44', expect: 2 }]);
    marker.tell({ type: 'verified', candidate: '0001', mark: '30', problem: undefined });
    marker.tell({ type: 'verified', candidate: '0002', mark: '44', problem: { type: 'verification-differs', title: '', status: 409, detail: '' } });
    expect(marker.press('v').screen()).toContain('0002   first 40   second 44');
    expect(marker.press('2').effects.at(-1)).toMatchObject({ type: 'mark-entry/verify', candidate: '0002', mark: '44', keep: 'second' });
  });

  it('never makes a correction of a second entry, however the row is left', () => {
    for (const leave of ['\u001b[B', '\u001b[A', '\t', '\r', '\u001b[6~']) {
      expect(entered().press('44').press(leave).sent).toEqual([]);
    }
    const marker = entered().press('/2\r44\r');
    expect([marker.sent, marker.state.isBlind]).toEqual([[], true]);
    expect(marker.effects.at(-1)).toMatchObject({ type: 'mark-entry/verify', candidate: '0002', mark: '44' });
  });

  it('shows no first value by editing, history or undo', () => {
    for (const key of ['e', 'H', 'u', '\u007f', '\u001b[3~']) {
      expect(entered().press(key).screen()).not.toMatch(/\b(30|40)\b/);
    }
  });

  it('keeps a second value that is no mark on its row, and goes on', () => {
    const marker = entered().press('85\r40\r');
    expect([marker.values(), marker.at()]).toEqual([['85!', '40'], 'footer']);
    expect(marker.effects.filter(({ type }) => type === 'mark-entry/verify')).toMatchObject([{ candidate: '0002' }]);
  });

  it('asks for a decision again where it did not arrive', () => {
    const marker = entered().press('31\r');
    const problem = (type: string) => ({ type, title: '', status: 0, detail: '' });
    marker.tell({ type: 'verified', candidate: '0001', mark: '31', problem: problem('verification-differs') });
    marker.press('v1').tell({ type: 'verified', candidate: '0001', mark: '31', problem: problem('unreachable') });
    expect(marker.screen()).toContain('0001   first 30   second 31');
  });

  it('hides no refusal of the service below a second entry, nor below what was not taken', () => {
    const candidates = [candidate(0, { mark: 30, state: 'entered', revision: 1 })];
    const marker = new Marker(sheetOfSize(1, { candidates })).press('31\r').refuse({ type: 'mark-locked' }).key('home');
    expect(marker.press('85\r').values()).toEqual(['85!']);
    expect(marker.press('u').values()).toEqual(['31!']);
    expect(marker.press('v30\r').values()).toEqual(['31!']);
  });
});
