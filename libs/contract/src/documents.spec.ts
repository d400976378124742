import { describe, expect, it } from '@jest/globals';
import { CENTRE_OF, Document, DOCUMENT_KINDS, DocumentOffer, RequestDocument } from './documents.js';

const asked = { kind: 'mark-sheet', component: '9521/01', centre: '68101' };
const ready = {
  document: 'c0ffee00-0000-4000-8000-000000000001',
  kind: 'mark-sheet',
  component: '9521/01@2017-01',
  centre: '68101',
  language: 'cy',
  state: 'ready',
  progress: 100,
  bytes: 40_312,
  sha256: 'ab'.repeat(32),
  pages: 3,
  requestedAt: '2017-01-20T10:00:00.000Z',
  readyAt: '2017-01-20T10:00:01.000Z',
  fileName: '9521-01-2017-01-68101-mark-sheet-cy.pdf',
};
const waiting = { bytes: null, sha256: null, pages: null, readyAt: null, progress: 0 };

describe('asking for a document', () => {
  it.each([
    asked,
    { ...asked, language: 'cy' },
    { kind: 'formula', component: '3000N1@2017-06', language: 'en' },
    { kind: 'export', component: '9521/01', format: 'csv' },
    { kind: 'receipt', component: '9521/01', receipt: '7K4M-2Q9D' },
    { kind: 'audit-report', component: '9521/01', centre: '68101', candidate: '0001' },
  ])('takes %j', (one) => expect(RequestDocument.parse(one)).toEqual(one));

  it.each([
    [{ ...asked, kind: 'agenda' }, 'kind'],
    [{ kind: 'mark-sheet', component: '9521/01' }, 'centre'],
    [{ kind: 'centre-report', component: '9521/01' }, 'centre'],
    [{ kind: 'audit-report', component: '9521/01' }, 'centre'],
    [{ ...asked, candidate: '0001' }, 'candidate'],
    [{ ...asked, format: 'csv' }, 'format'],
    [{ kind: 'export', component: '9521/01' }, 'format'],
    [{ kind: 'export', component: '9521/01', format: 'csv', language: 'cy' }, 'language'],
    [{ ...asked, receipt: '7K4M-2Q9D' }, 'receipt'],
    ...['', '7k4m-2q9d', '7K4M2Q9D', '7K4M-2Q9D\n', '../../../x', '\ud800', '\u202eK4M-2Q9D'].map((receipt): [object, string] => [{ kind: 'receipt', component: '9521/01', receipt }, 'receipt']),
    [{ ...asked, language: 'fr' }, 'language'],
    [{ ...asked, centre: '1' }, 'centre'],
  ])('refuses %j for its %s', (one, field) => {
    expect(RequestDocument.safeParse(one).error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });
});

it('an offer keeps all of its fields, and is of kinds that there are', () => {
  const offer = { component: '9521/01@2017-01', code: '9521/01', qualification: '', series: 'January 2017', titles: { en: 'A', cy: 'B' }, role: 'auditor', kinds: [{ kind: 'audit-report', centre: 'needed' }] };
  expect(DocumentOffer.parse(offer)).toEqual(offer);
  for (const one of [{ kind: 'letter', centre: 'none' }, { kind: 'export', centre: 'some' }]) expect(DocumentOffer.safeParse({ ...offer, kinds: [one] }).success).toBe(false);
  for (const kind of DOCUMENT_KINDS.filter((one) => one !== 'agenda')) {
    const asked = { kind, component: '9521/01', ...(kind === 'export' && { format: 'csv' }) };
    expect([kind, RequestDocument.safeParse(asked).success]).toEqual([kind, CENTRE_OF[kind] !== 'needed']);
  }
});

it('a document keeps all of its fields', () => {
  const parked = { ...ready, ...waiting, state: 'parked', reason: 'took-too-long' };
  for (const one of [ready, parked]) expect(Document.parse(one)).toEqual(one);
  for (const one of [{ bytes: 1.5 }, { state: 'lost' }, { sha256: undefined }]) {
    expect(Document.safeParse({ ...ready, ...one }).success).toBe(false);
  }
});
