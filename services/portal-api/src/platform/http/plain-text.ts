/**
 * A name without anything that a terminal or a page would obey: control characters (C0, C1, delete), the marks that turn
 * the direction of writing (Unicode TR9) and other invisible formatting. White space is folded.
 */
export function plainText(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, ' ').replace(/\s+/gu, ' ').trim();
}

/** As `plainText`, line by line: for what people write in paragraphs. */
export function plainLines(text: string): string {
  return text
    .split(/\r\n?|\n|\u2028|\u2029/)
    .map(plainText)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
