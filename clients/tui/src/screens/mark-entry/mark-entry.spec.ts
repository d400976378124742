import { describe, expect, it } from '@jest/globals';
import { candidate, Marker, sheetOfSize } from './testing.js';

describe('entering marks with the eyes on the paper', () => {
  it('takes 1⏎2⏎3⏎ in one read as three marks', () => {
    const marker = new Marker().press('1\r2\r3\r').record();
    expect(marker.values()).toEqual(['1', '2', '3', 'CLEAR', 'CLEAR']);
    expect(marker.at()).toBe('0004');
  });

  it('keeps what is over the maximum on its row and goes on: 85⏎34⏎21⏎', () => {
    const marker = new Marker().press('85\r34\r21\r').record();
    expect(marker.values()).toEqual(['85!', '34', '21', 'CLEAR', 'CLEAR']);
    expect(marker.effects.filter(({ type }) => type === 'bell')).toHaveLength(1);
  });

  it('goes on over zero and full marks, to be confirmed together later: 0⏎12⏎80⏎', () => {
    const marker = new Marker().press('0\r12\r80\r');
    expect(marker.sent.map(({ mark, confirmed }) => [mark, confirmed])).toEqual([['0', false], ['12', undefined], ['80', false]]);
    expect(marker.record().screen()).toMatch(/0001 {2}Candidate 1 +0 {2}✓ to confirm +12:00/);
  });

  it('says queued only when the mark is on the disk, and saved only when the service has recorded it', () => {
    const marker = new Marker().press('34\r');
    expect(marker.screen()).toContain('34    keeping');
    expect(marker.keep().screen()).toContain('34  · queued');
    expect(marker.record().screen()).toContain('34  ✓ saved');
  });

  it('shows what is typed over a saved mark until it is taken', () => {
    const marker = new Marker().press('34\r').record().key('up').press('43');
    expect(marker.screen()).toContain('34→43_  … typing');
    expect(marker.press('\u001b').values()[0]).toBe('34');
  });

  it('refuses command letters while digits are typed', () => {
    const marker = new Marker().press('3A');
    expect(marker.state.cell?.text).toBe('3');
    expect(marker.effects.at(-2)?.type).toBe('bell');
    expect(marker.press('4\r').values()[0]).toBe('34');
  });

  it('refuses a decimal point where marks are whole, and takes it where they are not', () => {
    expect(new Marker().press('3.').state.cell?.text).toBe('3');
    expect(new Marker(sheetOfSize(2, { halfMarks: true })).press('3.5\r').values()[0]).toBe('3.5');
  });

  it('skips locked rows, and never puts a mark into one', () => {
    const candidates = [candidate(0), candidate(1, { state: 'submitted', mark: 50 }), candidate(2)];
    const marker = new Marker(sheetOfSize(3, { candidates })).press('1\r2\r').record();
    expect(marker.values()).toEqual(['1', '50', '2']);
    expect(marker.key('home').key('down').press('9').sent).toEqual([]);
  });

  it('rests below the last row, where digits are a control total and no mark', () => {
    const marker = new Marker(sheetOfSize(2)).press('1\r2\r33\r').record();
    expect(marker.values()).toEqual(['1', '2']);
    expect(marker.state.controlTotal).toBe('33');
    expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.control.differs' } });
  });

  it('asks which paper lies on top where the sheet was opened from the one before', () => {
    const marker = new Marker(sheetOfSize(3), { isNext: true }).press('34\r');
    expect(marker.sent).toEqual([]);
    expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.unknown-candidate' } });
    expect(marker.press('2\r').at()).toBe('0002');
  });

  it('does the whole job from the number pad', () => {
    const marker = new Marker().pad('34\r*').pad('12\r-').record();
    expect(marker.values()).toEqual(['34', 'ABS', 'CLEAR', 'CLEAR', 'CLEAR']);
    marker.pad('/5\r7\r').pad('+').record();
    expect(marker.values()).toEqual(['34', 'ABS', 'CLEAR', 'CLEAR', '7']);
    expect(marker.at()).toBe('0003');
  });

  it('goes on by itself only where the digit makes the mark certain', () => {
    const marker = new Marker(sheetOfSize(5, { maximum: 20 })).key('a', { ctrl: true }).press('7').press('1').press('2');
    expect(marker.values().slice(0, 3)).toEqual(['7', '12', 'CLEAR']);
    expect(marker.at()).toBe('0003');
  });

  it('takes papers in another order by number, and refuses an unknown number by name', () => {
    const marker = new Marker().key('n', { ctrl: true }).press('4\r40\r1\r10\r77\r').record();
    expect(marker.values()).toEqual(['10', 'CLEAR', 'CLEAR', '40', 'CLEAR']);
    expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.unknown-candidate', values: { typed: '77' } } });
  });
});

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
    expect(marker.press('u').record().values()).toEqual(['CLEAR', ' 11!', 'CLEAR', 'CLEAR', 'CLEAR']);
  });

  it('clears everything entered since opening as one step', () => {
    const candidates = [candidate(0, { mark: 5, state: 'entered' }), candidate(1), candidate(2)];
    const marker = new Marker(sheetOfSize(3, { candidates })).press('6\r7\r8\r').record();
    marker.tell({ type: 'action', action: 'clear-all' });
    expect(marker.press('\r').record().values()).toEqual(['5', 'CLEAR', 'CLEAR']);
    expect(marker.press('u').record().values()).toEqual(['6', '7', '8']);
  });
});

describe('what the service says', () => {
  it('keeps a refused mark on its row with what was typed', () => {
    const marker = new Marker().press('34\r').refuse({ type: 'mark-locked' });
    expect(marker.values()[0]).toBe('34!');
    expect(marker.key('up').screen()).toContain('! This mark');
  });

  it('shows both values of a conflict, and lets the person choose', () => {
    const conflict = { type: 'changed-elsewhere', candidate: '0001', mark: 50, revision: 7, by: 'PORTAL Team Leader', at: '2017-01-30T11:00:00Z' };
    const marker = new Marker().press('34\r').refuse(conflict).key('up');
    expect(marker.screen()).toContain('yours 34 · theirs 50, by PORTAL Team Leader');
    expect(marker.press('y').sent).toMatchObject([{ mark: '34', expect: 7 }]);
    const other = new Marker().press('34\r').refuse(conflict).key('up').press('t');
    expect(other.values()[0]).toBe('50');
    expect(other.effects).toContainEqual(expect.objectContaining({ type: 'mark-entry/dismiss' }));
  });

  it('lists what was typed after a reallocation, to hand over', () => {
    const marker = new Marker().press('34\r').refuse({ type: 'reallocated' });
    marker.tell({ type: 'action', action: 'hand-over' });
    expect(marker.screen()).toContain('0001  34');
  });

  it('reads the sheet again without moving the cursor or losing what is typed, queued or refused', () => {
    const marker = new Marker().press('34\r85\r1').keep();
    const candidates = sheetOfSize(5).candidates.map((one, index) => (index === 4 ? { ...one, mark: 9, state: 'entered' as const, revision: 5 } : one));
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5, { candidates }), queued: [], refused: [] });
    expect(marker.values()).toEqual(['34', '85!', 'CLEAR', 'CLEAR', '9']);
    expect([marker.at(), marker.state.cell?.text]).toEqual(['0003', '1']);
  });

  it('commits what was typed with the revision that the person saw', () => {
    const marker = new Marker().press('3');
    const candidates = sheetOfSize(5).candidates.map((one) => ({ ...one, mark: 9, state: 'entered' as const, revision: 5 }));
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5, { candidates }), queued: [], refused: [] });
    expect(marker.press('4\r').sent).toMatchObject([{ candidate: '0001', mark: '34', expect: 0 }]);
  });

  it('takes up what an earlier run left owed or refused', () => {
    const marker = new Marker();
    const mark = { commandId: 'a', candidate: '0002', mark: '12', enteredAt: '2017-01-30T11:00:00Z' };
    const refusedMark = { mark: { ...mark, commandId: 'b', candidate: '0003' } as never, problem: { type: 'mark-locked', title: '', status: 409, detail: '' }, at: '' };
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5), queued: [mark], refused: [refusedMark] });
    expect(marker.values()).toEqual(['CLEAR', '12', '12!', 'CLEAR', 'CLEAR']);
  });

  it('says that nothing was kept where this machine could not keep it', () => {
    const marker = new Marker().press('34\r');
    marker.tell({ type: 'not-journaled', commandIds: [marker.sent[0]!.commandId], reason: 'ENOSPC' });
    expect(marker.values()[0]).toBe('34!');
    expect(marker.key('up').screen()).toContain('ENOSPC');
  });
});

describe('blind second entry', () => {
  const entered = (): Marker => {
    const candidates = [30, 40].map((mark, index) => candidate(index, { mark, state: 'entered', revision: index + 1 }));
    return new Marker(sheetOfSize(2, { candidates })).press('v');
  };

  it('hides the first values', () => {
    expect(entered().screen()).not.toMatch(/\b(30|40)\b/);
  });

  it('lists only differences for a decision', () => {
    const marker = entered().press('30\r44\r');
    expect(marker.effects.filter(({ type }) => type === 'mark-entry/verify')).toMatchObject([{ mark: '30', expect: 1 }, { mark: '44', expect: 2 }]);
    marker.tell({ type: 'verified', candidate: '0001', mark: '30', problem: undefined });
    marker.tell({ type: 'verified', candidate: '0002', mark: '44', problem: { type: 'verification-differs', title: '', status: 409, detail: '' } });
    expect(marker.press('v').screen()).toContain('0002   first 40   second 44');
    expect(marker.press('2').effects.at(-1)).toMatchObject({ type: 'mark-entry/verify', candidate: '0002', mark: '44', keep: 'second' });
  });
});
