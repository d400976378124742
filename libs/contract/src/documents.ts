import { z } from 'zod';
import { CandidateNumber, CentreNumber, ComponentId, Instant, ReceiptNumber } from './common.js';

/**
 * Documents and exports: asked for, made in the background, then there to be downloaded.
 *
 * POST /documents                 Idempotency-Key (it becomes the document's id); RequestDocument → Document (202)
 * GET  /documents                 Document[]: one's own, newest first; `?component=C` for staff: everybody's of it
 * GET  /documents/:id             Document; somebody else's is `document-unknown` (404) here and below, except to those who read everything
 * GET  /documents/:id/content     the bytes; ETag, If-None-Match, Range, If-Range. Reading is recorded; HEAD is not
 * GET  /documents/:id/progress    server-sent events named `progress`, each a Document; ends when nothing more will come
 * POST /documents/:id/retry       Nothing → Document: once more, of one that is parked, also because its file was lost (`document-lost`)
 * GET  /document-offers           DocumentOffer[]: what one may ask for, by component and role
 * PUT  /agendas/:component        Idempotency-Key; body application/pdf, at most AGENDA_BYTES → Document
 * GET  /agendas/:component        Document: the agenda of the conference as it was uploaded last
 * GET  /agendas/:component/content   its bytes, as above
 *
 * An export wants a factor not older than 15 minutes, when it is asked for and when it is downloaded.
 */

export const DOCUMENT_KINDS = ['formula', 'summary', 'mark-sheet', 'receipt', 'centre-report', 'agenda', 'audit-report', 'export'] as const;
export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** Of a document for people; an export has none. */
export const DocumentLanguage = z.enum(['en', 'cy']);
export type DocumentLanguage = z.infer<typeof DocumentLanguage>;
export const ExportFormat = z.enum(['csv', 'xlsx', 'json']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Largest agenda that is taken. */
export const AGENDA_BYTES = 10 * 1024 * 1024;

/** Whether it is of one centre: always, where one is named, or never. */
const CentreOf = z.enum(['needed', 'possible', 'none']);
export const CENTRE_OF: Readonly<Record<DocumentKind, z.infer<typeof CentreOf>>> = {
  formula: 'possible',
  summary: 'possible',
  'mark-sheet': 'needed',
  receipt: 'none',
  'centre-report': 'needed',
  agenda: 'none',
  'audit-report': 'needed',
  export: 'possible',
};

export const RequestDocument = z
  .strictObject({
    /** An agenda is uploaded and never asked for. */
    kind: DocumentKind.exclude(['agenda']),
    component: ComponentId,
    centre: CentreNumber.optional(),
    /** Of an audit report only: without it, it is of all the centre. */
    candidate: CandidateNumber.optional(),
    /** English where it is left out. */
    language: DocumentLanguage.optional(),
    /** Of an export, and of nothing else. */
    format: ExportFormat.optional(),
    /** The latest of one's own where it is left out. Of a receipt only. */
    receipt: ReceiptNumber.optional(),
  })
  .refine(({ kind, centre }) => centre !== undefined || CENTRE_OF[kind] !== 'needed', { path: ['centre'], message: 'is needed' })
  .refine(({ kind, format }) => (kind === 'export') === (format !== undefined), { path: ['format'], message: 'of an export, always' })
  .refine(({ kind, language }) => kind !== 'export' || language === undefined, { path: ['language'], message: 'an export has none' })
  .refine(({ kind, candidate }) => kind === 'audit-report' || candidate === undefined, { path: ['candidate'], message: 'of an audit report only' })
  .refine(({ kind, receipt }) => kind === 'receipt' || receipt === undefined, { path: ['receipt'], message: 'of a receipt only' });
export type RequestDocument = z.infer<typeof RequestDocument>;

/** What may be asked for of one component in one role. */
export const DocumentOffer = z.object({
  /** The full id. */
  component: z.string(),
  code: z.string(),
  qualification: z.string(),
  series: z.string(),
  titles: z.object({ en: z.string(), cy: z.string() }),
  role: z.string(),
  kinds: z.array(z.object({ kind: DocumentKind, centre: CentreOf })),
});
export type DocumentOffer = z.infer<typeof DocumentOffer>;

/** In the query of the list. */
export const DocumentsAsked = z.strictObject({ component: ComponentId.optional(), atLeast: z.string().optional() });

/** `failed`: it will be tried again by itself. `parked`: not before somebody asks for it; `file-lost` is the reason where it had been made. */
export const DocumentState = z.enum(['requested', 'rendering', 'ready', 'failed', 'parked']);
export type DocumentState = z.infer<typeof DocumentState>;

/** What the reader of an export holds it against; sums in points, hashes in lower-case hexadecimal. */
export const ExportManifest = z.object({
  schemaVersion: z.string(),
  component: z.string(),
  series: z.string(),
  /** Of the last event the rows were made from, and the hash over those events. */
  position: z.string(),
  source: z.string(),
  rows: z.int(),
  sumOfMarks: z.object({ centreMark: z.number(), moderatorMark: z.number(), finalMark: z.number() }),
  /** Of the rows as CSV, whatever the format: of a CSV export that of its bytes. */
  sha256: z.string(),
});
export type ExportManifest = z.infer<typeof ExportManifest>;

export const Document = z.object({
  document: z.string(),
  kind: DocumentKind,
  /** The full id. */
  component: z.string(),
  centre: z.string().optional(),
  candidate: z.string().optional(),
  language: DocumentLanguage.optional(),
  format: ExportFormat.optional(),
  /** Of a receipt: its number, where it was asked for by it or as soon as it is made. */
  receipt: z.string().optional(),
  state: DocumentState,
  /** 0 to 100. */
  progress: z.int(),
  /** Null until it is ready, like the two below it. */
  bytes: z.int().nullable(),
  /** Of the bytes, in lower-case hexadecimal; also the ETag. */
  sha256: z.string().nullable(),
  /** 0 where it has none, as an export. */
  pages: z.int().nullable(),
  requestedAt: Instant,
  readyAt: Instant.nullable(),
  /** Of an export that is ready. */
  manifest: ExportManifest.optional(),
  /** Why the last attempt failed; in `failed` and `parked`. */
  reason: z.string().optional(),
  /** What to save it as. */
  fileName: z.string(),
});
export type Document = z.infer<typeof Document>;
