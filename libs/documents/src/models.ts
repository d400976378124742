/** What a document shows, gathered beforehand from events: the same model gives the same bytes. */
export interface DocumentModel {
  readonly kind: string;
}

/** A finished document. `pages` is 0 where the format has none. */
export interface Rendered {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly extension: string;
  readonly pages: number;
}
