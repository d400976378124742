import { exported } from './exports/export.js';
import type { DocumentModel } from './models.js';
import type { Rendered } from './rendered.js';
import { auditReport } from './sheets/audit-report.js';
import { centreReport } from './sheets/centre-report.js';
import { formula } from './sheets/formula.js';
import { markSheet } from './sheets/mark-sheet.js';
import { receipt } from './sheets/receipt.js';
import { sampleSheet } from './sheets/sample-sheet.js';
import { summary } from './sheets/summary.js';

/** The bytes of a document. Pure but for the fonts it reads. */
export async function render(model: DocumentModel): Promise<Rendered> {
  switch (model.kind) {
    case 'formula':
      return formula(model);
    case 'summary':
      return summary(model);
    case 'mark-sheet':
      return markSheet(model);
    case 'sample-sheet':
      return sampleSheet(model);
    case 'receipt':
      return receipt(model);
    case 'centre-report':
      return centreReport(model);
    case 'audit-report':
      return auditReport(model);
    case 'export':
      return exported(model);
  }
}
