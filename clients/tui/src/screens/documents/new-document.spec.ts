import { describe, expect, it } from '@jest/globals';
import type { Document, DocumentOffer } from '@portal/contract';
import type { Capacities, CommonMessage, Services } from '../../platform/screen.js';
import { shownDocuments, type DocumentsMessage, type DocumentsState } from './documents.state.js';
import { documentsStart, updateDocuments } from './documents.update.js';

const offer = (component: string, role: string, ...kinds: DocumentOffer['kinds']): DocumentOffer => ({
  component, code: component.split('@')[0]!, qualification: 'GCSE', series: 'January 2017', titles: { en: `${component} paper`, cy: `${component} papur` }, role, kinds,
});
const AUDIT = { kind: 'audit-report', centre: 'needed' } as const;
const SUMMARY = { kind: 'summary', centre: 'possible' } as const;
const RECEIPT = { kind: 'receipt', centre: 'none' } as const;
const EXPORT = { kind: 'export', centre: 'possible' } as const;
const OFFERS = [offer('1/1@2017-01', 'auditor', SUMMARY, AUDIT, EXPORT), offer('2/1@2017-01', 'auditor', EXPORT), offer('3/1@2017-01', 'auditor')];

let ids = 0;
const services = (workAs: Capacities = {}): Services => ({ now: 0, newId: () => `id-${++ids}`, size: { columns: 80, rows: 20 }, workAs, language: 'cy' });
const after = (state: DocumentsState, message: DocumentsMessage | CommonMessage, workAs?: Capacities) => updateDocuments(state, message, services(workAs));
const press = (state: DocumentsState, names: readonly string[], workAs?: Capacities) =>
  names.reduce((now, name) => after(now.state, { type: 'key', key: { kind: 'key', name } }, workAs), { state, effects: [] } as ReturnType<typeof after>);
const open = (offers: readonly DocumentOffer[] = OFFERS): DocumentsState =>
  after(press(documentsStart().state, ['n']).state, { type: 'offers', offers }).state;
const asking = (state: DocumentsState, names: readonly string[], workAs?: Capacities) => press(state, names, workAs).effects.find(({ type }) => type === 'documents/request');
const made = (document: string): Document => ({
  document, kind: 'summary', component: '1/1@2017-01', state: 'requested', progress: 0, bytes: null, sha256: null, pages: null,
  requestedAt: '2017-01-30T11:58:00.000Z', readyAt: null, fileName: `${document}.pdf`,
});

describe('a new document', () => {
  it('asks what may be asked for, and asks for nothing before that is known', () => {
    expect(press(documentsStart().state, ['n']).effects).toEqual([{ type: 'documents/offers' }]);
    expect(press(documentsStart().state, ['n', 'enter']).effects).toEqual([]);
    expect(asking(open([]), ['enter'])).toBeUndefined();
    const offline = after(press(documentsStart().state, ['n']).state, { type: 'offers-refused', sentence: { id: 'problem.unreachable' } }).state;
    expect(press(offline, ['x', 'enter'])).toMatchObject({ effects: [{ type: 'documents/offers' }], state: { form: { problem: undefined, typed: { text: '' } } } });
  });

  it('is asked for in the language of the screen, in the role it is offered in', () => {
    expect(asking(open(), ['enter'])).toEqual({ type: 'documents/request', wanted: { kind: 'summary', component: '1/1@2017-01', language: 'cy' }, capacity: 'auditor', commandId: expect.stringMatching(/^id-/) });
    expect(asking(open(), ['down', 'down', 'down', 'right', 'enter'])).toMatchObject({ wanted: { language: 'en' } });
  });

  it('offers only what the service offers, and of an export its formats', () => {
    expect(asking(open(), ['2', '/', 'enter'])).toMatchObject({ wanted: { kind: 'export', component: '2/1@2017-01', format: 'csv' } });
    expect(asking(open(), ['right', 'tab', 'tab', 'tab', 'left', 'enter'])).toEqual(expect.objectContaining({ wanted: { kind: 'export', component: '2/1@2017-01', format: 'json' } }));
    // Two of them: the third offers nothing.
    expect(asking(open(), ['right', 'right', 'enter'])).toMatchObject({ wanted: { component: '1/1@2017-01' } });
    const nothing = press(open(), ['x', 'enter']);
    expect([nothing.effects, nothing.state.form.asking]).toEqual([[{ type: 'bell' }], undefined]);
    expect(asking(nothing.state, ['backspace', 'enter'])).toBeDefined();
  });

  it('says what is missing or wrong where it is, and keeps what was typed', () => {
    const report = press(open(), ['tab', 'right', 'enter']);
    expect([report.state.form.focus, report.state.form.problem?.id, report.effects]).toEqual(['centre', 'documents.new.centre-needed', [{ type: 'bell' }]]);
    const short = press(report.state, [...'6810', 'enter']);
    expect([short.state.form.problem?.id, short.state.form.centre.text]).toEqual(['documents.new.centre-malformed', '6810']);
    const wrong = press(short.state, ['1', 'tab', ...'12', 'enter']);
    expect([wrong.state.form.focus, wrong.state.form.problem?.id]).toEqual(['candidate', 'documents.new.candidate-malformed']);
    const left = press(wrong.state, ['escape']);
    expect(left.state.isFormOpen).toBe(false);
    expect(asking(left.state, ['n', ...'34', 'enter'])).toMatchObject({ wanted: { kind: 'audit-report', centre: '68101', candidate: '1234' } });
  });

  it('takes the number of a receipt, or nothing for the latest', () => {
    const receipts = () => open([offer('1/1@2017-01', 'examiner', RECEIPT)]);
    expect(asking(receipts(), ['enter'])).toMatchObject({ wanted: { kind: 'receipt', component: '1/1@2017-01', language: 'cy' } });
    expect(asking(receipts(), ['tab', 'tab', ...'7k4m-2Q9D', 'enter'])).toMatchObject({ wanted: { kind: 'receipt', receipt: '7K4M-2Q9D' } });
    const wrong = press(receipts(), ['tab', 'tab', ...'7K4M', 'tab', 'enter']);
    expect([wrong.state.form.focus, wrong.state.form.problem?.id, wrong.effects]).toEqual(['receipt', 'documents.new.receipt-malformed', [{ type: 'bell' }]]);
    expect(asking(open(), ['enter'])).not.toHaveProperty('wanted.receipt');
  });

  it('says nothing of a field that is not there, whatever was typed in it before', () => {
    const typed = press(open(), ['tab', 'right', 'tab', ...'68101', 'tab', ...'0001', 'up', 'up']);
    expect(asking(typed.state, ['right', 'enter'])).toEqual(expect.objectContaining({ wanted: { kind: 'export', component: '1/1@2017-01', centre: '68101', format: 'csv' } }));
  });

  it('is asked for once, stays as it was typed when it is refused, and stands on top of the list when it is taken', () => {
    const list = after(open(), { type: 'loaded', documents: [made('d-1')], saved: {}, folder: '' }).state;
    const asked = press(list, ['tab', 'tab', ...'68101', 'enter']);
    const commandId = asked.state.form.asking!;
    expect(press(asked.state, ['enter', 'x']).effects).toEqual([]);
    const refused = after(asked.state, { type: 'not-asked', commandId, sentence: { id: 'problem.not-your-centre' } });
    expect([refused.state.form, refused.effects]).toMatchObject([{ problem: { id: 'problem.not-your-centre' }, centre: { text: '68101' }, asking: undefined }, [{ type: 'bell' }]]);
    const again = press(refused.state, ['enter']);
    const taken = after(again.state, { type: 'asked', commandId: again.state.form.asking!, document: made('d-2'), sentence: { id: 'documents.asked' } });
    expect([shownDocuments(taken.state).map(({ document }) => document), taken.state.list.selected, taken.state.isFormOpen]).toEqual([['d-2', 'd-1'], 0, false]);
    expect(taken.effects).toMatchObject([{ type: 'say', as: 'ok' }]);
    expect(press(taken.state, ['n']).state.form).toMatchObject({ centre: { text: '' }, problem: undefined, offer: '1/1@2017-01 auditor' });
  });

  it('that was left before it is answered is said on the page all the same', () => {
    const asked = press(open(), ['enter']);
    const left = press(asked.state, ['escape']).state;
    const refused = after(left, { type: 'not-asked', commandId: asked.state.form.asking!, sentence: { id: 'problem.unreachable' } });
    expect(refused.effects).toMatchObject([{ type: 'bell' }, { type: 'say', as: 'warning' }]);
    expect(asking(refused.state, ['n', 'enter'])).toBeDefined();
  });

  it('is offered in the capacity in which this window works, as whose part it is looked at', () => {
    const both = [offer('1/1@2017-01', 'examiner', SUMMARY), offer('1/1@2017-01', 'principal', EXPORT)];
    expect(asking(open(both), ['enter'])).toMatchObject({ capacity: 'examiner', wanted: { kind: 'summary' } });
    expect(asking(open(both), ['right', 'enter'])).toMatchObject({ capacity: 'principal', wanted: { kind: 'export' } });
    const workAs = { '1/1@2017-01': { role: 'principal', member: 'm@x' } };
    expect(asking(open(both), ['enter'], workAs)).toMatchObject({ capacity: 'principal; member=m@x', wanted: { kind: 'export' } });
    expect(asking(open(both), ['right', 'enter'], workAs)).toMatchObject({ capacity: 'principal; member=m@x' });
  });
});
