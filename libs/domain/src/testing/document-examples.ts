/** One or more of every event of documents. */
import type { Examples } from './examples.js';

const LATIN = '9521/01@2017-01';
const USER7 = 'a7f0';
const DOCUMENT = 'c0ffee00-0000-4000-8000-000000000003';
const EXPORT = 'c0ffee00-0000-4000-8000-000000000004';
const AGENDA = 'c0ffee00-0000-4000-8000-000000000005';
const sha256 = 'cd'.repeat(32);
const pdf = { sha256, bytes: 40312, pages: 3, mediaType: 'application/pdf', extension: 'pdf' } as const;
const csv = { sha256, bytes: 9001, pages: 0, mediaType: 'text/csv; charset=utf-8', extension: 'csv' } as const;

const sumOfHalfPoints = { centreMark: 0, moderatorMark: 143, finalMark: 0 };
const manifest = { schemaVersion: '1', component: LATIN, series: '2017-01', position: '12', source: 'efef', rows: 2, sumOfHalfPoints, sha256 } as const;

export const document = {
  DocumentRequested: [
    {
      document: DOCUMENT,
      account: USER7,
      capacity: 'examiner',
      kind: 'mark-sheet',
      component: LATIN,
      centre: '68101',
      language: 'cy',
    },
    { document: DOCUMENT, account: USER7, capacity: 'examiner', kind: 'receipt', component: LATIN, receipt: '7K4M-2Q9D' },
    { document: DOCUMENT, account: 'd4e5', capacity: 'auditor', kind: 'audit-report', component: LATIN, centre: '68101', candidate: '0001' },
    { document: EXPORT, account: 'b2c4', capacity: 'principal', kind: 'export', component: LATIN, format: 'csv' },
  ],
  DocumentFailed: [
    { document: DOCUMENT, reason: 'took-too-long', attempt: 1, parked: false },
    { document: DOCUMENT, reason: 'render-failed', attempt: 3, parked: true },
  ],
  DocumentRequestedAgain: [{ document: DOCUMENT, account: USER7 }],
  DocumentRendered: [
    { document: DOCUMENT, ...pdf },
    { document: EXPORT, ...csv },
    { document: EXPORT, ...csv, manifest },
    { document: DOCUMENT, ...pdf, receipt: '7K4M-2Q9D' },
  ],
  DocumentLost: [{ document: DOCUMENT, sha256 }],
  DocumentDownloaded: [{ document: DOCUMENT, account: USER7, sha256 }],
  AgendaUploaded: [{ document: AGENDA, component: LATIN, account: 'c9d1', ...pdf }],
} as const satisfies Partial<Examples>;
