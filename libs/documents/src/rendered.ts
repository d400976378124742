/** A finished document. `pages` is 0 where the format has none. */
export interface Rendered {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Without a dot. */
  readonly extension: string;
  readonly pages: number;
  /** Of an export: what its reader can hold it against. */
  readonly manifest?: Manifest;
}

export interface Manifest {
  readonly schemaVersion: string;
  readonly component: string;
  readonly series: string;
  /** Of the last event the rows were made from, and the hash over those events. */
  readonly position: string;
  readonly source: string;
  readonly rows: number;
  /** Control totals of the three columns, in points. */
  readonly sumOfMarks: { readonly centre: number; readonly moderator: number; readonly final: number };
  readonly bytes: number;
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
}
