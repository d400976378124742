/** One of each kind and language, for what must hold of every document. */
import type { DocumentModel, ExportModel, Language } from '../models.js';
import { formulaModel, SOURCE, UNIT } from './formula-models.js';
import {
  auditReportModel, centreReportModel, markingSummaryModel, markSheetModel, receiptModel, sampleSheetModel, summaryModel,
} from './sheet-models.js';

const SHEETS = {
  'formula': (rows: number, language: Language) => formulaModel([rows], language),
  'summary': summaryModel,
  'marking-summary': markingSummaryModel,
  'mark-sheet': markSheetModel,
  'sample-sheet': sampleSheetModel,
  'receipt': receiptModel,
  'centre-report': centreReportModel,
  'audit-report': auditReportModel,
} as const;

export function sheetModels(rows: number): readonly (readonly [string, DocumentModel])[] {
  return Object.entries(SHEETS).flatMap(([name, make]) => (['en', 'cy'] as const).map((language) => [`${name} ${language}`, make(rows, language)] as const));
}

export function exportModel(size: number, format: ExportModel['format']): ExportModel {
  const rows = Array.from({ length: size }, (_, n) => ({
    centre: '68101', candidate: String(n + 1).padStart(4, '0'), uci: n % 3 === 0 ? '' : `681010170${n}A`, status: n % 5 === 4 ? ('ABS' as const) : ('MARK' as const),
    ...(n % 5 !== 4 && { centreMark: n % 61, finalMark: (n % 61) + 0.5 }), isSampled: n % 4 === 0, ...(n % 4 === 0 && { moderatorMark: n % 59 }),
    outcome: 'adjusted', submittedAt: '2017-06-30T14:03:07.250Z', position: SOURCE.position,
  }));
  return { kind: 'export', language: 'en', format, component: UNIT, source: SOURCE, rows };
}

export function everyModel(rows: number): readonly (readonly [string, DocumentModel])[] {
  return [...sheetModels(rows), ...(['csv', 'xlsx', 'json'] as const).map((format) => [`export ${format}`, exportModel(rows, format)] as const)];
}
