/** How a document looks: A4, one family of letters, one colour beside black and grey. Lengths in points. */

export const A4 = { portrait: [595.28, 841.89], landscape: [841.89, 595.28] } as const;
export type Orientation = keyof typeof A4;
export const MARGIN = { left: 48, right: 48, top: 46, bottom: 64 } as const;

export const INK = {
  text: '#1b2126',
  quiet: '#5b666e',
  accent: '#0b5563',
  line: '#d5dbdf',
  faint: '#eef3f4',
  alarm: '#a3341f',
} as const;

export interface Style {
  readonly font: 'regular' | 'bold';
  readonly size: number;
  readonly ink: string;
}

const style = (font: Style['font'], size: number, ink: string): Style => ({ font, size, ink });

export const STYLES = {
  kind: style('bold', 8, INK.accent),
  title: style('bold', 14, INK.text),
  section: style('bold', 10.5, INK.accent),
  part: style('bold', 8.5, INK.text),
  body: style('regular', 8.5, INK.text),
  strong: style('bold', 8.5, INK.text),
  quiet: style('regular', 7.5, INK.quiet),
  label: style('regular', 6.8, INK.quiet),
  value: style('regular', 9, INK.text),
  head: style('bold', 7.2, INK.quiet),
  cell: style('regular', 8, INK.text),
  cellStrong: style('bold', 8, INK.text),
  footer: style('regular', 6.2, INK.quiet),
  tick: style('regular', 6.2, INK.quiet),
} as const;

/** From one line of writing to the next. */
export const lineHeight = ({ size }: Style): number => Math.round(size * 1.36 * 100) / 100;
