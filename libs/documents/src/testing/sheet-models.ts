/** One model of each other kind, of any number of rows; names as long as people have them. */
import type {
  AuditReportModel, CentreReportModel, Language, MarkSheetModel, ReceiptModel, SampleSheetModel, SummaryModel,
} from '../models.js';
import { SOURCE, UNIT } from './formula-models.js';

export const PAPER = {
  ...UNIT, component: '9521/01@2017-01', code: '9521/01', series: 'January 2017', maximum: 80,
  titles: { en: 'Latin Language Core: Level 2', cy: 'Iaith Ladin Craidd: Lefel 2' },
} as const;

const NAMES = [
  'Bethan Bowen', 'Geraint Ŵyn ap Rhŷs', 'Sioned Llywelyn-Montgomery-Fetherstonhaugh o’r Tŷ Gwyn ger y Môr', 'Ŷnyr Ŵen', 'Zoë Ñandú Đặng',
];
export const nameAt = (n: number): string => NAMES[n % NAMES.length] as string;
const number = (n: number): string => String(n + 1).padStart(4, '0');
const LONG_CENTRE = { centre: '68101', name: 'Ysgol Gyfun Gymunedol Ddwyieithog Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' };
const of = <Item>(size: number, item: (n: number) => Item): readonly Item[] => Array.from({ length: size }, (_, n) => item(n));

export function markSheetModel(size: number, language: Language = 'en'): MarkSheetModel {
  const rows = of(size, (n) => {
    const row = { candidate: number(n), name: nameAt(n) };
    if (n % 9 === 4) return { ...row, state: 'blank' as const };
    if (n % 31 === 7) return { ...row, state: 'outstanding' as const };
    const mark = n % 17 === 3 ? ('ABS' as const) : (n * 7) % 81;
    return { ...row, state: n % 2 === 0 ? ('submitted' as const) : ('entered' as const), mark, savedAt: '2017-01-30T09:29:05.000Z' };
  });
  return { kind: 'mark-sheet', language, component: PAPER, source: SOURCE, centre: LONG_CENTRE, examiner: 'PORTAL Test User 7', rows };
}

export function sampleSheetModel(size: number, language: Language = 'en'): SampleSheetModel {
  const rows = of(size, (n) => ({
    centre: n % 3 === 0 ? '68102' : '68101', candidate: number(n), name: nameAt(n), teachingGroup: `10${'ABC'[n % 3]}`,
    centreMark: (n * 7) % 61, isReceived: n % 19 !== 5, ...(n % 19 !== 5 && n % 7 !== 2 && { moderatorMark: Math.max(0, ((n * 7) % 61) - (n % 6)) }),
  }));
  const centres = [LONG_CENTRE, { centre: '68102', name: 'Ysgol Tŷ Ŵydd' }];
  return { kind: 'sample-sheet', language, component: UNIT, source: SOURCE, centres, moderator: 'Siân Prŷs', state: 'reviewing', tolerance: 3, rows };
}

export function summaryModel(size: number, language: Language = 'en'): SummaryModel {
  const counts = (n: number) => ({
    of: 'moderating' as const, totalCentres: 1, totalSampleCandidates: 10 + n, totalReportsCompleted: n % 2, reviewRemaining: n,
    totalEntered: 52 + n, totalCfAbs: n % 4, totalNewMarks: 52 + n - (n % 4),
  });
  const centres = of(size, (n) => ({ centre: String(68_101 + n), name: n === 0 ? LONG_CENTRE.name : `Ysgol Rhif ${n + 1}`, counts: counts(n) }));
  const all = { ...counts(64), totalCentres: size, totalEntered: 1506 };
  return {
    kind: 'summary', language, component: UNIT, source: SOURCE, person: 'PORTAL Test User 7', role: 'principal', member: 'Siân Prŷs',
    deadline: '2017-06-30T22:59:00.000Z', counts: all, centres,
  };
}

export function markingSummaryModel(size: number, language: Language = 'en'): SummaryModel {
  const counts = { of: 'marking', allocated: 30, left: 9, outstanding: 1, entered: 12, submitted: 8 } as const;
  const centres = of(size, (n) => ({ centre: String(68_101 + n), name: `Ysgol Rhif ${n + 1}`, counts }));
  return {
    kind: 'summary', language, component: PAPER, source: SOURCE, person: 'PORTAL Test User 7', role: 'examiner',
    deadline: '2017-02-12T23:59:00.000Z', counts, centres,
  };
}

export function receiptModel(size: number, language: Language = 'en'): ReceiptModel {
  const sheets = of(size, (n) => ({ centre: String(68_101 + n), name: n === 0 ? LONG_CENTRE.name : `Ysgol Rhif ${n + 1}`, marks: 29, absent: 1, total: 1204 + n }));
  return {
    kind: 'receipt', language, component: PAPER, source: SOURCE, receipt: '7K4M-2Q9D', person: 'PORTAL Test User 7',
    recordedAt: '2017-02-12T23:59:58.000Z', position: SOURCE.position, marks: 29 * size, absent: size, late: true,
    logHead: { position: SOURCE.position, hash: SOURCE.hash }, sheets,
    leftOut: [{ centre: '68101', candidate: '0004', why: 'changed-elsewhere' }, { centre: '68101', candidate: '0011', why: 'mark-not-entered' }],
  };
}

const WORDS = 'Mae’r gwaith yn gywir ac wedi’i gyflwyno’n dda; dŵr, tŷ, ŵyn a ŷd. The marking was consistent across the teaching groups.';

export function centreReportModel(paragraphs: number, language: Language = 'en'): CentreReportModel {
  const text = of(paragraphs, () => WORDS.repeat(4)).join('\n\n');
  return {
    kind: 'centre-report', language, component: UNIT, source: SOURCE, centres: [LONG_CENTRE], counts: { entered: 52, cfAbs: 2, sample: 10 },
    isCompleted: false, report: { language: 'cy', accuracy: text, administration: WORDS, tasks: `${WORDS}\n${WORDS}`, comments: '' },
  };
}

export function auditReportModel(size: number, language: Language = 'en'): AuditReportModel {
  const entries = of(size, (n) => ({
    event: `0191f3c2-7b1e-5a4c-8836-bd52f7a9e4${String(n % 100).padStart(2, '0')}`,
    type: n === 0 ? ('CentreMarksReceived' as const) : ('ModeratorMarkCorrected' as const),
    recordedAt: '2017-06-12T10:15:30.125Z', actor: n === 0 ? 'process:demo' : nameAt(n), ...(n === 0 ? { role: 'admin' } : { role: 'principal', member: 'Siân Prŷs' }),
    ...(n === 0 ? { session: 'process', authMethod: 'process' } : { session: '7f1d0c52-93aa-4e0b-8d55-0f6f2f3f1a77', authMethod: 'pwd otp', client: 'portal-terminal/0.1.0' }), candidate: number(n),
    ...(n > 0 && { from: n % 60 }), to: (n + 3) % 60, reason: n % 5 === 2 ? WORDS.repeat(n === 2 ? 18 : 1) : '', position: String(n).padStart(20, '0'),
  }));
  return { kind: 'audit-report', of: 'moderating', language, component: UNIT, source: SOURCE, centres: [LONG_CENTRE], entries };
}
