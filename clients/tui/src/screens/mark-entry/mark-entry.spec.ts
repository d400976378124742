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
    const marker = new Marker().press('7.5\r7.\r.5\r34\r').record();
    expect(marker.values()).toEqual(['7.5!', '7.!', '.5!', '34', 'CLEAR']);
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

  it('asks which paper lies on top where the sheet was opened from the one before, and takes no mark for a number', () => {
    const marker = new Marker(sheetOfSize(3), { isNext: true }).press('34\r');
    expect(marker.sent).toEqual([]);
    expect(marker.at()).toBe('0001');
    expect(marker.press('0009\r').effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.unknown-candidate' } });
    expect(marker.press('0002\r').at()).toBe('0002');
  });

  it('does the whole job from the number pad', () => {
    const marker = new Marker().pad('34\r*').pad('12\r-').record();
    expect(marker.values()).toEqual(['34', 'ABS', 'CLEAR', 'CLEAR', 'CLEAR']);
    marker.pad('/5\r7\r').pad('+').record();
    expect(marker.values()).toEqual(['34', 'ABS', 'CLEAR', 'CLEAR', '7']);
    expect(marker.at()).toBe('0003');
  });

  it('goes on by itself only where the digit makes the mark certain', () => {
    const marker = new Marker(sheetOfSize(5, { maximum: 20 })).key('a', { ctrl: true }).press('712025');
    expect(marker.values()).toEqual(['7', '12', '0', '25!', 'CLEAR']);
    expect(marker.at()).toBe('0005');
    expect(marker.press('1').at()).toBe('0005');
  });

  it('takes papers in another order by number, and refuses an unknown number by name', () => {
    const marker = new Marker().key('n', { ctrl: true }).press('4\r40\r1\r10\r77\r').record();
    expect(marker.values()).toEqual(['10', 'CLEAR', 'CLEAR', '40', 'CLEAR']);
    expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.numbers.unknown', values: { typed: '77' } } });
    expect(marker.screen()).toContain('Mark for 77 (dropped):');
    expect(marker.screen()).toContain('No candidate 77 here.');
  });

  it('drops the one mark that follows an unknown number, says so, and takes the next pair', () => {
    const marker = new Marker().key('n', { ctrl: true }).press('77\r1\r');
    expect(marker.sent).toEqual([]);
    expect(marker.screen()).toContain('77 takes no mark: 1 was dropped.');
    expect(marker.press('2\r9\r').record().values()).toEqual(['CLEAR', '9', 'CLEAR', 'CLEAR', 'CLEAR']);
    expect(marker.press('77\r*3\rA').record().values()).toEqual(['CLEAR', '9', 'ABS', 'CLEAR', 'CLEAR']);
    expect(marker.press('77\r-4\r7\r').record().values()).toEqual(['CLEAR', '9', 'ABS', '7', 'CLEAR']);
  });

  it('says beside the next number what was not taken', () => {
    const marker = new Marker().key('n', { ctrl: true }).press('4\r85\r');
    expect(marker.screen()).toMatch(/Candidate number: +0004: 85 was not taken \(!\)\./);
    expect(marker.press('-').screen()).toContain('1 change taken back.');
  });

  it('takes nothing after an unknown number to go to, until the person looks up', () => {
    const other = new Marker().press('g77\r3\r21\r');
    expect([other.sent, other.at(), other.state.mode.kind]).toEqual([[], '0001', 'lost']);
    expect(other.press('\u001b').press('21\r').record().values()[0]).toBe('21');
  });

  it('takes no locked candidate by number, nor the mark after it', () => {
    const candidates = [candidate(0), candidate(1, { state: 'submitted', mark: 50 })];
    const marker = new Marker(sheetOfSize(2, { candidates })).key('n', { ctrl: true }).press('2\r1\r');
    expect(marker.sent).toEqual([]);
    expect(marker.press('1\r7\r').record().values()).toEqual(['7', '50']);
  });

  it('understands the signs of a pad whose NumLock is on', () => {
    const marker = new Marker().press('*34\r-').record();
    expect(marker.values().slice(0, 2)).toEqual(['ABS', 'CLEAR']);
    expect(marker.press('+').at()).toBe('0003');
    expect(marker.press('/5\r').at()).toBe('0005');
  });

  it('gives up what is being typed by the minus of the pad, and goes nowhere by letters', () => {
    const marker = new Marker().press('34').pad('-');
    expect([marker.state.cell, marker.at()]).toEqual([undefined, '0001']);
    expect(marker.press('34jkn+').sent).toEqual([]);
    expect([marker.state.cell?.text, marker.at()]).toEqual(['34', '0001']);
  });

  it('means nothing by digits that were rubbed out, and clears only what was opened for editing', () => {
    const marker = new Marker().press('34\r').record().key('up').press('5\u007f\r');
    expect([marker.sent, marker.values()[0]]).toEqual([[], '34']);
    expect(marker.key('up').press('\u007f\u007f\r').record().values()[0]).toBe('CLEAR');
  });

  it('leaves an absence as it is when it is opened and taken again', () => {
    const marker = new Marker().press('A').record().key('up').press('e\r');
    expect([marker.sent, marker.values()[0]]).toEqual([[], 'ABS']);
    expect(marker.key('up').press('e7\r').record().values()[0]).toBe('7');
  });

  it('skips a script that never came: there is no paper for it in the pile', () => {
    const candidates = [candidate(0), candidate(1, { state: 'outstanding', reason: 'lost' }), candidate(2)];
    const marker = new Marker(sheetOfSize(3, { candidates })).press('1\r2\r').record();
    expect(marker.values()).toEqual(['1', 'CLEAR', '2']);
    expect(marker.screen()).toContain('1 outstanding');
  });

  it('warns of a mark far from the others, and takes it', () => {
    const marker = new Marker(sheetOfSize(20)).press('40\r41\r42\r40\r41\r42\r40\r41\r42\r41\r3\r');
    expect(marker.effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.outlier', values: { mark: 3 } } });
    expect(marker.record().values()[10]).toBe('3');
  });

  it('opens the next sheet by Enter below the last row', () => {
    const sheets = ['68101', '68102'].map((centre) => ({ centre, name: centre, allocated: 1, left: 1, outstanding: 0, entered: 0, submitted: 0 }));
    const marker = new Marker(sheetOfSize(1), { sheets }).press('1\r\r');
    expect(marker.effects.at(-1)).toMatchObject({ type: 'replace', to: 'mark-entry', params: { centre: '68102', isNext: true } });
  });

  it('marks a whole sheet with the keys of the pad, to the control total and the next sheet', () => {
    const sheets = ['68101', '68102'].map((centre) => ({ centre, name: centre, allocated: 40, left: 40, outstanding: 0, entered: 0, submitted: 0 }));
    const marker = new Marker(sheetOfSize(40), { sheets });
    for (let paper = 1; paper <= 40; paper += 1) marker.pad(paper % 10 === 0 ? '*' : `${paper}\r`);
    expect(marker.record().values()).toEqual(Array.from({ length: 40 }, (_, index) => (index % 10 === 9 ? 'ABS' : String(index + 1))));
    const total = (40 * 41) / 2 - (10 + 20 + 30 + 40);
    expect(marker.pad(`${total}\r`).effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.control.agrees' } });
    expect(marker.pad('\r').effects.at(-1)).toMatchObject({ type: 'replace', params: { centre: '68102' } });
  });

  it('takes half marks, and their control total, from the pad', () => {
    const marker = new Marker(sheetOfSize(2, { halfMarks: true })).pad('3.5\r4.\r').record();
    expect(marker.values()).toEqual(['3.5', '4.!']);
    expect(marker.pad('3.5\r').effects.at(-1)).toMatchObject({ sentence: { id: 'mark-entry.control.agrees' } });
  });
});
