/**
 * Free text never stands in an event: people write names into it, and events are for ever. The text is kept where it
 * can be erased, and the event says which text it was and what it said.
 */
export interface TextReference {
  /** Names the text; a random id, used once. */
  readonly text: string;
  /** Of the text in UTF-8, in lower-case hexadecimal. */
  readonly sha256: string;
}

export function isTextReference(reference: TextReference): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(reference.text) && /^[0-9a-f]{64}$/.test(reference.sha256);
}
