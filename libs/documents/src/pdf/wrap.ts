import type { Style } from './look.js';
import type { Paper } from './paper.js';

/**
 * The lines of a text in a width: broken between words, and within one only where it is longer than a line. The space
 * at a break stays at the end of its line: who hears the text, or copies it, needs it.
 */
export function wrapped(paper: Paper, text: string, width: number, style: Style): readonly string[] {
  // No letter is wider than it is high: most texts need not be measured.
  if (text.length * style.size <= width && !text.includes('\n')) return [text];
  return text.split('\n').flatMap((line) => linesOf(paper, line, width, style));
}

function linesOf(paper: Paper, text: string, width: number, style: Style): readonly string[] {
  const fits = (line: string): boolean => paper.measure(line.trimEnd(), style) <= width;
  if (fits(text)) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(WORDS) ?? []) {
    if (fits(line + word)) {
      line += word;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = fits(word) ? [word] : piecesOf(word, fits);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line.trimEnd()];
}

/** With the spaces after it; a hyphen ends one, too. */
const WORDS = /[^ -]*(?:-| +|$)/g;

function piecesOf(word: string, fits: (line: string) => boolean): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && !fits(piece + letter)) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}
