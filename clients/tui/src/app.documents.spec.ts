import { describe, expect, it } from '@jest/globals';
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
});
