/** A finished document. `pages` is 0 where the format has none. */
export interface Rendered {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Without a dot. */
  readonly extension: string;
  readonly pages: number;
  /** Of an export; it also stands in the file, where the format has room for it. */
  readonly manifest?: Manifest;
}

/** What the reader of an export can hold it against. */
export interface Manifest {
  readonly schemaVersion: string;
  readonly component: string;
  readonly series: string;
  /** Of the last event the rows were made from, and the hash over those events. */
  readonly position: string;
  readonly source: string;
  readonly rows: number;
  /** Of the three columns, in points. */
  readonly sumOfMarks: { readonly centreMark: number; readonly moderatorMark: number; readonly finalMark: number };
  /** Hex SHA-256 of the rows as CSV, whatever the format: the same rows, the same hash. */
  readonly sha256: string;
}
