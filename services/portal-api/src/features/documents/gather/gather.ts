import type { DocumentModel } from '@portal/documents';
import { gatherAuditReport } from './audit-report.js';
import { gatherCentreReport } from './centre-report.js';
import { gatherExport } from './export.js';
import { gatherFormula } from './formula.js';
import { gatherMarkSheet } from './mark-sheet.js';
import { Reading } from './reading.js';
import { gatherReceipt } from './receipt.js';
import type { DocumentRequest, Sources } from './request.js';
import { gatherSummary } from './summary.js';

export { NothingToShow, type DocumentRequest, type Sources } from './request.js';

/** What the document shows, from events up to a position; names are joined here and nowhere earlier. */
export async function gather(request: DocumentRequest, sources: Sources): Promise<DocumentModel> {
  const reading = new Reading(sources.events, request.at);
  switch (request.kind) {
    case 'formula':
      return gatherFormula(request, sources, reading);
    case 'summary':
      return gatherSummary(request, sources, reading);
    case 'mark-sheet':
      return gatherMarkSheet(request, sources, reading);
    case 'receipt':
      return gatherReceipt(request, sources);
    case 'centre-report':
      return gatherCentreReport(request, sources, reading);
    case 'audit-report':
      return gatherAuditReport(request, sources, reading);
    case 'export':
      return gatherExport(request, sources, reading);
  }
}
