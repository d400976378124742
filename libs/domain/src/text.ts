/** Free text that a person wrote, by reference: the words lie in a stream of their own, `text-<text>`, which can be erased. */
export interface TextReference {
  /** Random, never used again. */
  readonly text: string;
  /** Of the words in UTF-8, hexadecimal. */
  readonly sha256: string;
}
