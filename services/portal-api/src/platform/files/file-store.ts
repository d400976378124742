import type { Readable } from 'node:stream';

/** Both ends, from 0; the last byte is part of it. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** The store cannot be used at the moment: that says nothing of any file, and later it may work again. */
export class FilesUnavailableError extends Error {
  override readonly name = 'FilesUnavailableError';
}

/** Files by what is in them: the same bytes are one file, and what stands under a name is whole. Any may be rejected with `FilesUnavailableError`. */
export interface FileStore {
  /** On disk when it returns. `sha256`, in lower-case hexadecimal, is of these bytes. */
  put(sha256: string, bytes: Uint8Array): Promise<void>;

  /** In bytes; undefined where there is no such file. */
  size(sha256: string): Promise<number | undefined>;

  /** Throws where there is no such file. */
  read(sha256: string, range?: ByteRange): Promise<Readable>;

  close(): Promise<void>;
}
