import { describe, expect, it } from '@jest/globals';
import type { EmiSummary } from '@portal/contract';
import { read } from './app.moderation-frames-testing.js';
import { llafar } from './app.moderation-testing.js';
import { latin, receipt, rig, services, sheet, sheets, type Rig } from './app.testing.js';

const SIZE = { columns: 80, rows: 24 };
const asks = (page: Rig) => page.effects().flatMap((effect) => (effect.type === 'of-screen' && effect.effect.type.startsWith('documents/') ? [effect.effect] : []));
const said = (page: Rig) => page.state().said?.sentence.id;

const markInput = (role: string): Rig => {
  const page = rig('iamis', {}, SIZE);
  page.answer(read('summaries', { components: [{ ...llafar, capacity: { role } }], kept: {} }));
  return page;
};

describe('the buttons', () => {
  it('of mark input are reached along the toolbar, in the order of the brief', () => {
    const page = markInput('principal');
    page.press('\u001b[A');
    for (let button = 0; button < 6; button += 1) {
      page.press(button === 4 ? '' : '\r');
      if (page.top() !== 'iamis') page.press('\u001b');
      page.press('\u001b[C');
    }
    const of = { component: llafar.component };
    expect(asks(page)).toMatchObject([
      { type: 'documents/ask', wanted: { kind: 'formula', language: 'en', ...of }, isToPrint: false },
      { type: 'documents/ask', wanted: { kind: 'formula', language: 'cy', ...of }, isToPrint: false },
      { type: 'documents/ask', wanted: { kind: 'summary', ...of }, isToPrint: true },
      { type: 'documents/agenda', components: [llafar.component] },
    ]);
  });

  it('act on the unit that was chosen, whichever it is: Tab goes between list and toolbar, and both say which', () => {
    const second = { ...llafar, component: '3000N2@2017-06', code: '3000N2' };
    for (const [toolbar, list] of [['\t', '\t'], ['\u001b[Z', '\u001b[Z']] as const) {
      const page = rig('iamis', {}, SIZE);
      page.answer(read('summaries', { components: [llafar, second], kept: {} }));
      page.press(`\u001b[F${toolbar}\u001b[C\r`);
      expect(asks(page)).toMatchObject([{ wanted: { kind: 'formula', component: second.component } }]);
      expect(page.text()).toMatch(/MODERATOR MARK INPUT +The buttons are for 3000N2 · June 2017/);
      expect(page.text().match(/[▸›] \[REVIEW/g)).toEqual(['› [REVIEW']);
      expect(page.text().slice(page.text().indexOf('(3000N2)'))).toContain('› [REVIEW');
      page.press(`${list}\r`);
      expect([page.top(), page.text()]).toEqual(['iamis-centres', expect.stringContaining('(3000N2)')]);
    }
  });

  it('say why not, by key and by button, to whoever may not have a formula sheet', () => {
    const page = markInput('moderator');
    page.press('f');
    expect(said(page)).toBe('documents.why.not-your-role');
    page.press('\u001b[A\u001b[C\r');
    expect([said(page), asks(page)]).toEqual(['documents.why.not-your-role', []]);
    page.press('x');
    expect([said(page), asks(page)]).toEqual(['documents.why.not-your-role', []]);
    page.press('p');
    expect(asks(page)).toHaveLength(1);
  });

  it('ask in the capacity in which this window works', () => {
    const capacity = { role: 'principal', member: 'moderator1@wjec-appointees.co.uk' };
    const page = rig('iamis', {}, SIZE);
    page.answer(read('summaries', { components: [{ ...llafar, capacity }], kept: { [llafar.component]: capacity } }));
    page.press('f');
    expect(asks(page)).toMatchObject([{ capacity: 'principal; member=moderator1@wjec-appointees.co.uk' }]);
  });

  it('export in every format, one of them from the palette', () => {
    const page = markInput('principal');
    page.press('xX');
    page.press(':as json\r');
    expect(asks(page).map((one) => (one as never as { wanted: { format: string } }).wanted.format)).toEqual(['csv', 'xlsx', 'json']);
  });

  it('export a unit from its lists of centres, a centre from its outcome, and say why not to a moderator', () => {
    const at = { component: llafar, centre: '68202', name: 'Ysgol' };
    for (const [name, params, more] of [['iamis-centres', { component: llafar }, {}], ['iamis-approvals', { component: llafar }, {}], ['iamis-outcome', at, { centre: '68202' }]] as const) {
      const page = rig(name, params, SIZE);
      page.press('xX:as json\r');
      const of = { kind: 'export', component: llafar.component, ...more };
      expect(asks(page).map((one) => (one as never as { wanted: object }).wanted)).toEqual(['csv', 'xlsx', 'json'].map((format) => ({ ...of, format })));
      const no = rig(name, { ...params, component: { ...llafar, capacity: { role: 'moderator' } } }, SIZE);
      no.press('x');
      expect([said(no), asks(no)]).toEqual(['documents.why.not-your-role', []]);
    }
  });

  it('say how large the agenda is where there is one, of all that are on the page', () => {
    const page = rig('iamis', {}, SIZE);
    page.answer(read('summaries', { components: [{ ...llafar, agendaBytes: 1_234_567 }], kept: {} }));
    expect(page.text()).toContain('View conference agenda (PDF, 1.2 MB)');
    expect(markInput('principal').text()).toMatch(/View conference agenda$/m);
    const emi = rig('emi', {}, SIZE);
    emi.answer({ type: 'loaded', components: [{ ...latin, agendaBytes: 2000 }, latin, { ...latin, agendaBytes: 3000 }] });
    expect(emi.text()).toContain('View conference agenda (2 PDFs, 5 kB)');
  });

  it('export the marks from the pages of EMI in the role in which the service lets it be done, and say why not to a marker', () => {
    const senior = { ...latin, exportAs: 'team-leader' };
    const pages = (component: EmiSummary): readonly Rig[] => {
      const [emi, list, grid] = [rig('emi', {}, SIZE), rig('sheets', { component }, SIZE), rig('mark-entry', { component, centre: sheet.centre, name: sheet.name }, SIZE)];
      emi.answer({ type: 'loaded', components: [component] });
      list.answer({ type: 'loaded', sheets });
      grid.answer({ type: 'loaded', sheet, queued: [], refused: [] });
      return [emi, list, grid];
    };
    for (const page of pages(latin)) {
      page.press('x');
      expect([said(page), asks(page).filter(({ type }) => type === 'documents/ask')]).toEqual(['documents.why.not-your-role', []]);
    }
    const of = { kind: 'export', component: latin.component };
    for (const [at, page] of pages(senior).entries()) {
      page.press('xX:as json\r');
      const more = at === 2 ? { centre: sheet.centre } : {};
      expect(asks(page)).toEqual(['csv', 'xlsx', 'json'].map((format) => expect.objectContaining({ wanted: { ...of, ...more, format }, capacity: 'team-leader', isToPrint: false })));
    }
    const [emi, , grid] = pages(senior) as [Rig, Rig, Rig];
    emi.press('\u001b[Ax');
    expect([said(emi), asks(emi)]).toEqual(['documents.why.none', []]);
    grid.press('5x');
    expect(asks(grid)).toEqual([]);
  });

  it('stand on the pages of EMI too: agenda, mark sheet, receipt', () => {
    const emi = rig('emi', {}, SIZE);
    emi.answer({ type: 'loaded', components: [latin] });
    emi.press('a\u001b[A\r');
    expect(asks(emi)).toEqual(Array.from({ length: 2 }, () => ({ type: 'documents/agenda', components: [latin.component] })));
    const list = rig('sheets', { component: latin }, SIZE);
    list.answer({ type: 'loaded', sheets });
    list.press('jdp');
    const wanted = { kind: 'mark-sheet', component: latin.component, centre: '68102' };
    expect(asks(list)).toMatchObject([{ wanted, isToPrint: false }, { wanted, isToPrint: true }]);
    const submission = rig('submission', { component: latin }, SIZE);
    submission.answer({ type: 'prepared', sheets: [sheet], left: 286 });
    submission.press('d');
    expect([asks(submission), said(submission)]).toEqual([[], 'submission.why.no-receipt']);
    submission.press('\r\r');
    submission.answer({ type: 'submitted', receipt });
    submission.press('d');
    expect(asks(submission)).toMatchObject([{ wanted: { kind: 'receipt', component: latin.component, receipt: receipt.receipt } }]);
  });
});

describe('what was asked for', () => {
  it('rings on whatever page is open, and is said on its message line', () => {
    const page = rig('services-menu', {}, SIZE);
    page.answer({ type: 'loaded', services });
    page.send({ type: 'told', sentence: { id: 'documents.is-ready', values: { file: 'x.pdf' } }, as: 'ok', isHeard: true });
    expect(page.effects()).toContainEqual({ type: 'bell' });
    expect(page.text()).toContain('✓ Ready: x.pdf. It is in Documents.');
    page.press('j\r');
    expect(page.top()).toBe('documents');
  });

  it('sends nobody to the page that is open', () => {
    const page = rig('documents', {}, SIZE);
    const values = { file: 'x.pdf' };
    page.send({ type: 'told', sentence: { id: 'documents.is-parked', values }, on: { documents: { id: 'documents.is-parked-here', values } }, as: 'warning', isHeard: true });
    page.answer({ type: 'loaded', documents: [], saved: {}, folder: '' });
    expect(page.text()).toContain('Not made: x.pdf. Select it to see why.');
    expect(page.text()).not.toContain('Documents says why');
  });
});
