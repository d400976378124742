import type { Document, DocumentOffer, EmiSummary } from '@portal/contract';
import { pressed, told } from './app.frames-testing.js';
import { HOSTILE, latin, rig, sheet, sheets, type Rig } from './app.testing.js';
import type { Size } from './platform/screen.js';

/** The page Documents, whose whole frames are written down in `app.documents-frames.golden.txt`. */
export const DOCUMENTS_FRAMES: Readonly<Record<string, (size: Size) => Rig>> = {
  documents: page,
  'documents in Welsh': (size) => pressed(page(size), '\u001b[20~'),
  'documents, one that could not be made': (size) => pressed(page(size), 'jj'),
  'documents, saved': (size) => told(pressed(page(size), 'jjjs'), { type: 'done', document: 'd-4', sentence: { id: 'documents.saved', values: { path: PATH } }, path: PATH }),
  'documents, save as': (size) => pressed(page(size), 'jjjs'),
  'documents, save as what is there': (size) =>
    told(pressed(page(size), 'jjjs\r'), { type: 'not-done', document: 'd-4', sentence: { id: 'documents.file-exists', values: { path: PATH } } }),
  'documents, an export with its sums': (size) => pressed(page(size), 'jjjj'),
  'documents, receipts told apart': (size) => pressed(told(rig('documents', {}, size), { type: 'loaded', documents: receipts, saved: {}, folder: '/home/user7' }), 'j'),
  'documents, a new receipt by its number': (size) =>
    pressed(told(pressed(page(size), 'n'), { type: 'offers', offers: [offer({ role: 'examiner', kinds: [{ kind: 'receipt', centre: 'none' }] })] }), '\t\t7K4M-2Q9'),
  'documents filtered': (size) => pressed(page(size), '/export'),
  'documents, offline': (size) => {
    const one = told(page(size), { type: 'refused', sentence: { id: 'problem.unreachable' } });
    one.send({ type: 'connection', connection: { kind: 'offline', queued: 0 } });
    return one;
  },
  'documents, opened offline': (size) => told(rig('documents', {}, size), { type: 'refused', sentence: { id: 'problem.unreachable' } }),
  'documents, none': (size) => told(rig('documents', {}, size), { type: 'loaded', documents: [], saved: {}, folder: '/home/user7' }),
  'documents, a new one': (size) => form(size),
  'documents, a new one, by what was typed': (size) => pressed(form(size), 'latin core'),
  'documents, a new one that nothing matches': (size) => pressed(form(size), 'latn\r'),
  'documents, a new one without its centre': (size) => pressed(form(size), 'latin\t\u001b[C\u001b[C\r'),
  'documents, a new one in Welsh': (size) => pressed(form(size), 'llafar\t\u001b[D\u001b[20~'),
  'documents, a new one before it is known what may be asked for': (size) => pressed(page(size), 'n'),
  'documents, a new one is refused': (size) =>
    told(pressed(form(size), 'latin\t\u001b[C\t68999\r'), { type: 'not-asked', commandId: NEW_ID, sentence: { id: 'problem.not-your-centre', values: { centre: '68999' } } }),
  'EMI, whose marks may be exported': (size) => told(rig('emi', {}, size), { type: 'loaded', components: [exportable] }),
  'mark sheets that may be exported': (size) => told(rig('sheets', { component: exportable }, size), { type: 'loaded', sheets }),
  'the grid, which may be exported': (size) => pressed(grid(size), 'j'),
  'help on documents': (size) => pressed(page(size), '?'),
};

const PATH = '/home/user7/a folder with a long name/that the message line would cut/3000N1-2017-06-formula-cy.pdf';

export const asked = (number: number, change: Partial<Document> = {}): Document => ({
  document: `d-${number}`,
  kind: 'formula',
  component: '3000N1@2017-06',
  language: 'en',
  state: 'ready',
  progress: 100,
  bytes: 40_312,
  sha256: 'c0ffee'.repeat(10) + 'abcd',
  pages: 3,
  requestedAt: '2017-01-30T11:58:00.000Z',
  readyAt: '2017-01-30T11:59:00.000Z',
  fileName: '3000N1-2017-06-formula-en.pdf',
  ...change,
});

const exportable: EmiSummary = { ...latin, exportAs: 'team-leader', agendaBytes: 1_234_567 };
const grid = (size: Size): Rig =>
  told(rig('mark-entry', { component: exportable, centre: sheet.centre, name: sheet.name, sheets }, size), { type: 'loaded', sheet, queued: [], refused: [] });

const NEW_ID = '00000000-0000-4000-8000-000000000000';

const offer = (change: Partial<DocumentOffer>): DocumentOffer => ({
  component: '9521/01@2017-01', code: '9521/01', qualification: 'GCSE', series: 'January 2017',
  titles: { en: 'Latin Language Core: Level 2', cy: 'Iaith Ladin Graidd: Lefel 2' }, role: 'auditor',
  kinds: [{ kind: 'summary', centre: 'possible' }, { kind: 'mark-sheet', centre: 'needed' }, { kind: 'audit-report', centre: 'needed' }, { kind: 'export', centre: 'possible' }],
  ...change,
});

export const offers: readonly DocumentOffer[] = [
  offer({
    component: '3000N1@2017-06', code: '3000N1', series: 'June 2017',
    titles: { en: 'Welsh Language Uned 1 - Llafar', cy: 'Cymraeg Iaith Uned 1 - Llafar' },
    kinds: [{ kind: 'formula', centre: 'possible' }, { kind: 'centre-report', centre: 'needed' }, { kind: 'export', centre: 'possible' }],
  }),
  offer({}),
  offer({ component: 'Z/1@2017-01', code: 'Z/1', qualification: '', titles: { en: HOSTILE, cy: '' }, role: HOSTILE }),
];

const form = (size: Size): Rig => told(pressed(page(size), 'n'), { type: 'offers', offers });

const manifest = {
  schemaVersion: '1', component: '3000N1@2017-06', series: '2017-06', position: '7', source: 'ab', rows: 1506,
  sumOfMarks: { centreMark: 12_345, moderatorMark: 67.5, finalMark: 12_300 }, sha256: 'cd',
};
const open = { state: 'requested', progress: 0, bytes: null, sha256: null, pages: null, readyAt: null } as const;

export const documents: readonly Document[] = [
  asked(1, { ...open, state: 'rendering', progress: 40, kind: 'summary' }),
  asked(2, { ...open, kind: 'mark-sheet', centre: '68202' }),
  asked(3, { ...open, state: 'parked', reason: 'no-receipt', kind: 'receipt', component: '9521/01@2017-01', fileName: '9521-01-2017-01-receipt-en.pdf' }),
  asked(4, { language: 'cy', fileName: '3000N1-2017-06-formula-cy.pdf' }),
  { ...asked(5, { kind: 'export', format: 'xlsx', pages: 0, bytes: 1_234_567, fileName: '3000N1-2017-06-export.xlsx', manifest }), language: undefined },
  asked(6, { ...open, state: 'failed', reason: 'took-too-long', kind: 'centre-report', centre: '68202' }),
  asked(7, { kind: 'audit-report', centre: '68202', candidate: HOSTILE, reason: HOSTILE, fileName: HOSTILE }),
] as readonly Document[];

const receipts = ['7K4M-2Q9D', 'B3XT-0N5W'].map((receipt, at) =>
  asked(at, { kind: 'receipt', component: '9521/01@2017-01', receipt, pages: 1, fileName: `9521-01-2017-01-receipt-${receipt}-en.pdf` }));

export function page(size: Size): Rig {
  return told(rig('documents', {}, size), { type: 'loaded', documents, saved: {}, folder: '/home/user7' });
}
