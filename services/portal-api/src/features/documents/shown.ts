import type { Document } from '@portal/contract';
import type { DocumentTold, DocumentWanted } from '@portal/domain';
import { shownManifest } from './manifest.js';

/** As it goes over the wire; `progress` of one that somebody is making at this moment. */
export function shown(told: DocumentTold, progress?: number): Document {
  const { document, component, wanted, requestedAt, readyAt } = told;
  const isMade = told.state === 'requested' || told.state === 'failed';
  const artefact = told.state === 'ready' ? told.artefact : undefined;
  const state = isMade && progress !== undefined ? 'rendering' : (told.state as Document['state']);
  return {
    document,
    kind: wanted?.kind ?? 'agenda',
    component,
    ...partsOf(told),
    state,
    progress: progressOf(state, progress),
    bytes: artefact?.bytes ?? null,
    sha256: artefact?.sha256 ?? null,
    pages: artefact?.pages ?? null,
    requestedAt,
    readyAt: readyAt ?? null,
    ...(artefact?.manifest !== undefined && { manifest: shownManifest(artefact.manifest) }),
    ...(told.reason !== undefined && { reason: told.reason }),
    fileName: fileNameOf(told),
  };
}

/** Which receipt the latest was is known when it is made. */
function partsOf({ wanted, artefact }: DocumentTold) {
  if (wanted === undefined) return {};
  const { kind: _kind, component: _component, ...parts } = wanted;
  return { ...parts, ...(artefact?.receipt !== undefined && { receipt: artefact.receipt }) };
}

function progressOf(state: Document['state'], progress = 0): number {
  return state === 'ready' ? 100 : Math.min(Math.floor(progress), 99);
}

/**
 * `9521-01-2017-01-68101-mark-sheet-cy.pdf`: nothing in it that some system would not take.
 */
function fileNameOf(told: DocumentTold): string {
  const { component, wanted, artefact } = told;
  const { kind = 'agenda' } = wanted ?? {};
  const { centre, candidate, receipt, language, format }: Partial<DocumentWanted> = partsOf(told);
  const words = [component.replaceAll(/[^A-Za-z0-9]+/g, '-'), centre, candidate, kind, receipt, language];
  const extension = artefact?.extension ?? format ?? 'pdf';
  return `${words.filter((word) => word !== undefined).join('-')}.${extension}`;
}
