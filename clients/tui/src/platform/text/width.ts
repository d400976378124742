import stringWidth from 'string-width';

/** Columns that a text takes in a terminal. */
export function width(text: string): number {
  return isNarrow(text) ? text.length : stringWidth(text);
}

/** Exactly `columns` wide: cut (with `…`) or filled with spaces. */
export function fit(text: string, columns: number): string {
  const cutText = cut(text, columns);
  return cutText + ' '.repeat(Math.max(0, columns - width(cutText)));
}

/** As `fit`, with the spaces before: for numbers. */
export function fitRight(text: string, columns: number): string {
  const cutText = cut(text, columns);
  return ' '.repeat(Math.max(0, columns - width(cutText))) + cutText;
}

/** At most `columns` wide; what does not fit ends with `…`. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (width(text) <= columns) return text;
  if (isNarrow(text)) return `${text.slice(0, columns - 1)}…`;
  let result = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = width(segment);
    if (used + next > columns - 1) break;
    result += segment;
    used += next;
  }
  return `${result}…`;
}

/** As `cut`, and never within a word where that leaves enough to read. */
export function cutWords(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const begun = cut(text, columns).slice(0, -1);
  const end = begun.lastIndexOf(' ');
  return `${end > columns / 2 ? begun.slice(0, end) : begun}…`;
}

/** Words on lines of at most `columns`. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (width(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = width(word) <= columns ? word : cut(word, columns);
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** An address is no sentence: it is cut anywhere, so that it can be copied piece by piece. */
export function inPieces(text: string, columns: number): readonly string[] {
  return text.match(new RegExp(`.{1,${Math.max(1, columns)}}`, 'gu')) ?? [];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/**
 * One column a character, without asking: ASCII, Latin, and the signs the screens use. `string-width` compiles large
 * tables when it first meets anything else (40 ms).
 */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u024f\u1e00-\u1eff‘’“”…–−•←↑→↓─│┌┐└┘▸✓⋮×›●◆┼┃█░≠\u2800-\u28ff]*$/;
function isNarrow(text: string): boolean {
  return NARROW.test(text);
}
