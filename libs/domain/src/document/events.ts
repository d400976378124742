/** One document that somebody asked for, or one agenda that was uploaded: stream `document-<id>`. */

export type DocumentKind = 'formula' | 'summary' | 'mark-sheet' | 'receipt' | 'centre-report' | 'audit-report' | 'export';

/** What is asked for: names are joined when it is made, and never stand here. */
export interface DocumentWanted {
  readonly kind: DocumentKind;
  readonly component: string;
  readonly centre?: string;
  /** Of an audit report. */
  readonly candidate?: string;
  readonly language?: 'en' | 'cy';
  readonly format?: 'csv' | 'xlsx' | 'json';
  /** The number on a receipt. */
  readonly receipt?: string;
}

/** The bytes, by what they are: the file store keeps them under this name. */
export interface Artefact {
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** 0 where it has none, as an export. */
  readonly pages: number;
  readonly mediaType: string;
  /** "pdf" */
  readonly extension: string;
  /** Of an export: what its reader can hold it against. */
  readonly manifest?: ExportManifest;
  /** Of a receipt: which one it came to be, where the latest was asked for. */
  readonly receipt?: string;
}

export interface ExportManifest {
  readonly schemaVersion: string;
  readonly component: string;
  readonly series: string;
  /** Of the last event the rows were made from, and the hash over those events. */
  readonly position: string;
  readonly source: string;
  readonly rows: number;
  /** In half-points, whatever the component's unit: whole numbers, as in every event. */
  readonly sumOfHalfPoints: { readonly centreMark: number; readonly moderatorMark: number; readonly finalMark: number };
  /** Of the rows as CSV, whatever the format. */
  readonly sha256: string;
}

export type DocumentEvent =
  | {
      readonly type: 'DocumentRequested';
      /** `account`: for whom; `capacity`: whose part it shows. */
      readonly data: { readonly document: string; readonly account: string; readonly capacity: string } & DocumentWanted;
    }
  /** After it was parked, or lost. */
  | { readonly type: 'DocumentRequestedAgain'; readonly data: { readonly document: string; readonly account: string } }
  | { readonly type: 'DocumentRendered'; readonly data: { readonly document: string } & Artefact }
  | {
      readonly type: 'DocumentFailed';
      readonly data: {
        readonly document: string;
        /** A word such as `took-too-long`, never a message: messages can hold names. */
        readonly reason: string;
        /** From 1, counted anew whenever somebody asks again. */
        readonly attempt: number;
        /** Nobody tries it again by itself. */
        readonly parked: boolean;
      };
    }
  /** The store of files is there and has not got what was rendered: it is made again when somebody asks for it. */
  | { readonly type: 'DocumentLost'; readonly data: { readonly document: string; readonly sha256: string } }
  | {
      readonly type: 'DocumentDownloaded';
      readonly data: { readonly document: string; readonly account: string; readonly sha256: string };
    }
  /** The agenda of a component's conference, as staff gave it; a later one takes its place. */
  | {
      readonly type: 'AgendaUploaded';
      readonly data: { readonly document: string; readonly component: string; readonly account: string } & Artefact;
    };
