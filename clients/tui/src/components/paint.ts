import type { Line, Span } from '../platform/screen.js';
import { THEMES, type Meaning, type ThemeName } from '../platform/theme.js';
import { sanitise } from '../platform/text/sanitise.js';
import { fit, width } from '../platform/text/width.js';

/** Lines as the terminal reads them. Each line object is painted once per theme and width, then remembered. */
export type Painter = (line: Line, columns: number) => string;

export function painter(theme: ThemeName): Painter {
  const known = painters.get(theme);
  if (known !== undefined) return known;
  const remembered = new WeakMap<object, { columns: number; painted: string }>();
  const paint: Painter = (line, columns) => {
    if (typeof line === 'string') return fit(sanitise(line), columns).trimEnd();
    const before = remembered.get(line);
    if (before?.columns === columns) return before.painted;
    const painted = paintSpans(takeColumns(line, 0, columns), theme);
    remembered.set(line, { columns, painted });
    return painted;
  };
  painters.set(theme, paint);
  return paint;
}

const painters = new Map<ThemeName, Painter>();

/** The text alone, as tests and the palette want it. */
export function plainText(line: Line): string {
  return typeof line === 'string' ? line : line.map(spanText).join('');
}

export function lineWidth(line: Line): number {
  return typeof line === 'string' ? width(line) : line.reduce((sum, span) => sum + width(spanText(span)), 0);
}

/** The part of a line between two columns, filled with spaces where the line ends before. */
export function takeColumns(line: Line, from: number, to: number): readonly Span[] {
  const spans: Span[] = [];
  let column = 0;
  for (const span of typeof line === 'string' ? [line] : line) {
    const text = spanText(span);
    const end = column + width(text);
    if (end > from && column < to) {
      const part = column >= from && end <= to ? text : sliceColumns(text, from - column, to - column);
      spans.push(typeof span === 'string' ? part : { text: part, as: span.as });
    }
    column = end;
  }
  const missing = to - Math.max(column, from);
  return missing > 0 ? [...spans, ' '.repeat(missing)] : spans;
}

/** A whole row in one meaning: for the selected row and the title line. */
export function allAs(line: Line, columns: number, as: Meaning): Line {
  return [{ text: fit(plainText(line), columns), as }];
}

function spanText(span: Span): string {
  return typeof span === 'string' ? span : span.text;
}

/** A wide character cut in half becomes a space. */
function sliceColumns(text: string, from: number, to: number): string {
  let column = 0;
  let part = '';
  for (const { segment } of graphemes.segment(text)) {
    const wide = width(segment);
    if (column >= from && column + wide <= to) part += segment;
    else if (column < to && column + wide > from) part += ' '.repeat(Math.min(to, column + wide) - Math.max(from, column));
    column += wide;
  }
  return part;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function paintSpans(spans: readonly Span[], theme: ThemeName): string {
  const colours = THEMES[theme];
  const painted = spans.map((span) => {
    const sgr = typeof span === 'string' ? '' : colours[span.as];
    // Screens have done this already; here nothing gets past that they forgot.
    const text = sanitise(spanText(span));
    if (sgr === '') return text;
    return `${sgr.split(' ').map((parameter) => `\u001b[${parameter}m`).join('')}${text}\u001b[0m`;
  });
  return painted.join('').trimEnd();
}
