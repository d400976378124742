/** Who may have which document, and what came of making it. */
import type { Decider, Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { Artefact, DocumentEvent, DocumentWanted } from './events.js';
import { DOCUMENT_ROLES, ownPartOnly } from './permissions.js';
import type { DocumentRefusal } from './refusal.js';
import { artefactOf, evolve, initial, isOutstanding, type Document } from './state.js';

interface By {
  readonly document: string;
  readonly account: string;
  /** In which they ask, here and now. */
  readonly role: string;
  /** Whether the centre, where there is one, is in their part of the component. */
  readonly isTheirs: boolean;
}

export type DocumentCommand =
  | ({ readonly type: 'RequestDocument'; readonly wanted: DocumentWanted; readonly capacity: string } & By)
  | ({ readonly type: 'RequestDocumentAgain' } & By)
  | ({ readonly type: 'RecordRendering'; readonly document: string } & Artefact)
  | {
      readonly type: 'RecordFailure';
      readonly document: string;
      readonly reason: string;
      /** Trying it again would not help. */
      readonly isFinal: boolean;
    }
  | { readonly type: 'RecordLoss'; readonly document: string; readonly sha256: string }
  | ({ readonly type: 'DownloadDocument' } & By)
  | ({ readonly type: 'UploadAgenda'; readonly document: string; readonly component: string; readonly account: string } & Artefact);

type Decided = Decision<DocumentEvent, DocumentRefusal>;
type Of<Type extends DocumentCommand['type']> = Extract<DocumentCommand, { type: Type }>;

/** After so many failures nobody tries again by itself. */
const MOST_ATTEMPTS = 3;

export const document: Decider<DocumentCommand, DocumentEvent, Document, DocumentRefusal> = { initial, decide, evolve };

function decide(command: DocumentCommand, state: Document): Decided {
  switch (command.type) {
    case 'RequestDocument':
      return requestDocument(command, state);
    case 'RequestDocumentAgain':
      return requestAgain(command, state);
    case 'RecordRendering':
      return recordRendering(command, state);
    case 'RecordFailure':
      return recordFailure(command, state);
    case 'RecordLoss':
      return recordLoss(command, state);
    case 'DownloadDocument':
      return download(command, state);
    case 'UploadAgenda':
      return uploadAgenda(command, state);
  }
}

function requestDocument({ document: id, wanted, account, capacity, role, isTheirs }: Of<'RequestDocument'>, state: Document): Decided {
  if (state.state !== 'unknown') return accept();
  const not = refusalOf(wanted, role, isTheirs);
  if (not !== undefined) return refuse(not);
  return accept({ type: 'DocumentRequested', data: { document: id, account, capacity, ...wanted } });
}

/** One that is on its way, or there, is not asked for again; one that was lost is parked. */
function requestAgain({ document: id, account, role, isTheirs }: Of<'RequestDocumentAgain'>, state: Document): Decided {
  const not = refusalOfOld(id, account, role, isTheirs, state);
  if (not !== undefined) return refuse(not);
  return state.state === 'parked' ? accept({ type: 'DocumentRequestedAgain', data: { document: id, account } }) : accept();
}

/** The first one stands; one that comes after it was parked is as good as any. */
function recordRendering({ document: id, ...rendered }: Of<'RecordRendering'>, state: Document): Decided {
  if (state.state === 'unknown') return refuse({ reason: 'DocumentUnknown', document: id });
  if (state.state === 'ready') return accept();
  return accept({ type: 'DocumentRendered', data: { document: id, ...artefactOf(rendered) } });
}

function recordFailure({ document: id, reason, isFinal }: Of<'RecordFailure'>, state: Document): Decided {
  if (state.state === 'unknown') return refuse({ reason: 'DocumentUnknown', document: id });
  if (!isOutstanding(state)) return accept();
  const attempt = state.attempts + 1;
  return accept({ type: 'DocumentFailed', data: { document: id, reason, attempt, parked: isFinal || attempt >= MOST_ATTEMPTS } });
}

/** Of these bytes, while they are the ones that count. An agenda cannot be made again: should its file come back, it is as it was. */
function recordLoss({ document: id, sha256 }: Of<'RecordLoss'>, state: Document): Decided {
  if (state.state === 'unknown') return refuse({ reason: 'DocumentUnknown', document: id });
  if (state.state !== 'ready' || state.wanted === undefined || state.artefact?.sha256 !== sha256) return accept();
  return accept({ type: 'DocumentLost', data: { document: id, sha256 } });
}

function download({ document: id, account, role, isTheirs }: Of<'DownloadDocument'>, state: Document): Decided {
  const not = refusalOfOld(id, account, role, isTheirs, state);
  if (not !== undefined) return refuse(not);
  if (state.artefact === undefined) return refuse({ reason: 'DocumentNotReady', state: state.state });
  return accept({ type: 'DocumentDownloaded', data: { document: id, account, sha256: state.artefact.sha256 } });
}

function uploadAgenda({ type: _, ...uploaded }: Of<'UploadAgenda'>, state: Document): Decided {
  return state.state === 'unknown' ? accept({ type: 'AgendaUploaded', data: uploaded }) : accept();
}

/**
 * It was theirs to ask for; whether it still is, is asked again. What another asked for is an auditor's to read, and an
 * agenda everybody's who has a part in the component.
 */
function refusalOfOld(id: string, account: string, role: string, isTheirs: boolean, state: Document): DocumentRefusal | undefined {
  if (state.state === 'unknown') return { reason: 'DocumentUnknown', document: id };
  if (state.wanted === undefined) return DOCUMENT_ROLES.agenda.includes(role) ? undefined : { reason: 'NotPermitted', role };
  const readsAll = role === 'auditor' || role === 'admin';
  if (state.account !== account && !readsAll) return { reason: 'NotPermitted', role };
  return refusalOf(state.wanted, role, isTheirs);
}

function refusalOf({ kind, centre }: DocumentWanted, role: string, isTheirs: boolean): DocumentRefusal | undefined {
  if (!DOCUMENT_ROLES[kind].includes(role)) return { reason: 'NotPermitted', role };
  if (centre !== undefined && ownPartOnly(role) && !isTheirs) return { reason: 'NotYourCentre', centre };
  return undefined;
}
