import { describe, expect, it } from '@jest/globals';
import { candidate, Marker, sheetOfSize } from './testing.js';

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

  it('shows a conflict whole at 80 columns, and who may be long', () => {
    const by = 'PORTAL Team Leader Gwenllian Llywelyn ap Gruffydd of Aberffraw';
    const marker = new Marker().press('34\r').refuse({ type: 'changed-elsewhere', mark: 50, revision: 7, by, at: '2017-01-30T11:00:00Z' });
    const said = marker.key('up').screen().split('\n').at(-1)!;
    expect([...said].length).toBeLessThanOrEqual(80);
    expect(said).toMatch(/^ # yours 34 · theirs 50, by PORTAL Team Leader .*… 30 Jan 11:00$/);
    expect(marker.footer()).toBe('y Yours stands, t Theirs stands, enter Later, escape Back, ? Help, : Actions');
    expect(marker.press('5').footer()).toBe('');
  });

  it('says it where nobody has entered anything', () => {
    const marker = new Marker().press('34\r').refuse({ type: 'changed-elsewhere', mark: null, revision: 7, by: '', at: '' }).key('up');
    expect(marker.screen()).toContain('# yours 34 · it is not as you saw it: nothing is entered there now');
  });

  it('shows the history with both times, a clock that differs, and whom a candidate was moved from and to', () => {
    const marker = new Marker().press('H');
    const entry = { event: 'e', actor: 'PORTAL Test User 7', capacity: 'examiner', session: 's', from: null, to: null, reason: null, position: '1',
      recordedAt: '2017-01-30T12:00:00Z', enteredAt: null, queuedMs: null, fromExaminer: null, toExaminer: null };
    const moved = { ...entry, type: 'MarkSheetReallocated', fromExaminer: 'Anna', toExaminer: 'Bryn' };
    const typed = { ...entry, type: 'MarkEntered', to: 34, enteredAt: '2017-01-30T10:00:00Z', queuedMs: 0 };
    marker.tell({ type: 'history', candidate: '0001', entries: [moved, typed] });
    expect(marker.screen().split('\n').slice(-4)).toEqual([
      '30 Jan 12:00   – → –       reallocated          PORTAL Test User 7',
      '   Anna → Bryn',
      '30 Jan 12:00   – → 34      entered              PORTAL Test User 7',
      '   typed 30 Jan 10:00 ≠ clock 2 h slow',
    ]);
  });

  it('shows the list to hand over whole at 80 columns', () => {
    const marker = new Marker().press('34\r').refuse({ type: 'reallocated' });
    marker.tell({ type: 'action', action: 'hand-over' });
    const box = marker.screen().split('\n').slice(-7);
    expect(box.every((line) => [...line].length <= 74)).toBe(true);
    expect(box.join(' ')).toMatch(/somebody else; +recorded nowhere:/);
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

  it('shows a third value over a conflict as typed over what stands now', () => {
    const conflict = { type: 'changed-elsewhere', candidate: '0001', mark: 50, revision: 7, by: 'x', at: '2017-01-30T11:00:00Z' };
    const marker = new Marker().press('34\r').refuse(conflict).key('up').press('36\r');
    expect(marker.sent).toMatchObject([{ mark: '36', expect: 7 }]);
    expect(marker.record().row('0001').conflict).toBeUndefined();
  });

  it('shows the later of two values on their way, and neither a refusal of the earlier', () => {
    const marker = new Marker().press('34\r').key('up').press('43\r').keep();
    const [first] = marker.sent.splice(0, 1);
    const refused = { type: 'mark-locked', title: '', status: 409, detail: '' };
    marker.tell({ type: 'answered', answer: { component: '', centre: '', candidate: '0001', commandId: first!.commandId, mark: '34', refused } });
    expect(marker.screen()).toContain('43  · queued');
    expect(marker.record().screen()).toContain('43  ✓ saved');
  });

  it('never lets a mark slip to another candidate when the one being typed for leaves the sheet', () => {
    const marker = new Marker().press('3');
    const candidates = sheetOfSize(5).candidates.slice(1);
    marker.tell({ type: 'loaded', sheet: sheetOfSize(4, { candidates }), queued: [], refused: [] });
    expect([marker.at(), marker.state.cell?.text]).toEqual(['0001', '3']);
    expect(marker.press('4\r').sent).toMatchObject([{ candidate: '0001', mark: '34' }]);
    expect(marker.refuse({ type: 'reallocated' }).state.handOver).toMatchObject([{ candidate: '0001', typed: '34' }]);
  });

  it('puts candidates who are new below the others', () => {
    const marker = new Marker(sheetOfSize(3)).press('1\r2\r3\r').record();
    const candidates = [candidate(7), ...sheetOfSize(3).candidates];
    marker.tell({ type: 'loaded', sheet: sheetOfSize(4, { candidates }), queued: [], refused: [] });
    expect([marker.values(), marker.at()]).toEqual([['1', '2', '3', 'CLEAR'], 'footer']);
  });

  it('still lists what is to be handed over when the sheet is opened again, until it is', () => {
    const mark = { commandId: 'a', candidate: '0099', mark: '12', enteredAt: '2017-01-30T11:00:00Z' };
    const refused = [{ mark: mark as never, problem: { type: 'reallocated', title: '', status: 409, detail: '' }, at: '' }];
    const marker = new Marker();
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5), queued: [], refused });
    marker.tell({ type: 'action', action: 'hand-over' });
    expect(marker.screen()).toContain('0099  12');
    expect(marker.press('\r').effects.at(-1)).toMatchObject({ type: 'mark-entry/dismiss', commandIds: ['a'] });
    marker.tell({ type: 'loaded', sheet: sheetOfSize(5), queued: [], refused });
    expect(marker.state.handOver).toEqual([]);
  });

  it('goes on offline: the queue is shown, and nothing is given up', () => {
    const marker = new Marker();
    marker.tell({ type: 'status', status: { connection: 'offline', queued: 0, lastAcknowledgedAt: '2017-01-30T11:58:00Z' } });
    marker.press('34\r35\r').keep();
    expect(marker.screen()).toContain('2 unsaved · total 69 · OFFLINE · last saved 11:58');
    marker.tell({ type: 'status', status: { connection: 'signed-out', queued: 2, lastAcknowledgedAt: undefined } });
    expect(marker.press('36\r').values().slice(0, 3)).toEqual(['34', '35', '36']);
    expect(marker.sent.map(({ mark }) => mark)).toEqual(['34', '35', '36']);
  });

  it('reads a sheet again that could not be read', () => {
    const marker = new Marker();
    marker.tell({ type: 'refused', sentence: { id: 'problem.unreachable' } });
    marker.now += 10_000;
    marker.tell({ type: 'tick' });
    expect(marker.effects.at(-1)).toMatchObject({ type: 'mark-entry/reload' });
  });
});
