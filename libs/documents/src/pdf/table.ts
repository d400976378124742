/**
 * Tables over as many pages as they take. The head is said once and repeated on each page for the eye alone; a row
 * stays together unless it is longer than a page.
 */
import type { Style } from './look.js';
import { INK, lineHeight, STYLES } from './look.js';
import type { Paper, Tag } from './paper.js';
import type { Words } from './said.js';
import { languageTag, textOf } from './said.js';
import { wrapped } from './wrap.js';

export interface Column {
  readonly head: Words;
  /** Share of the width. */
  readonly share: number;
  readonly align?: 'right';
}

export interface Row {
  readonly cells: readonly Words[];
  /** A sum, or what stands out. */
  readonly isStrong?: boolean;
}

/** `of`: what it is about, said again on each further page where a document has a table of each. */
export function table(paper: Paper, columns: readonly Column[], rows: readonly Row[], of?: Words): void {
  const layout = layoutOf(paper, columns);
  paper.need(layout.headHeight + 2 * (CELL_HEIGHT + 2 * PADDING));
  const element = paper.open('Table');
  head(paper, layout, columns, element);
  const body = paper.open('TBody', {}, element);
  const rules: number[] = [];
  const turn = (): void => {
    drawRules(paper, rules.splice(0));
    paper.turn();
    if (of !== undefined) again(paper, of);
    tint(paper, layout);
    paper.artifact('Pagination', () => drawCells(paper, layout.places, layout.heads, STYLES.head));
    paper.y += layout.headHeight;
  };
  for (const row of rows) {
    drawRow(paper, body, layout.places, { row, turn });
    rules.push(paper.y);
  }
  drawRules(paper, rules);
  body.end();
  element.end();
  paper.y += 4;
}

/** Above and below what is written in a cell. */
const PADDING = 3.2;
/** Left and right of it. */
const GUTTER = 5;
const CELL_HEIGHT = lineHeight(STYLES.cell);

interface Place {
  readonly x: number;
  readonly width: number;
  readonly isRight: boolean;
}

interface Layout {
  readonly places: readonly Place[];
  readonly heads: readonly (readonly string[])[];
  readonly headHeight: number;
}

function layoutOf(paper: Paper, columns: readonly Column[]): Layout {
  const widths = widthsOf(paper, columns);
  let x = paper.left;
  const places = columns.map(({ align }, n) => {
    const width = widths[n] as number;
    const place = { x, width, isRight: align === 'right' };
    x += width;
    return place;
  });
  const heads = columns.map(({ head: words }, n) => wrapped(paper, textOf(words), inner(places[n]), STYLES.head));
  const lines = Math.max(...heads.map(({ length }) => length));
  return { places, heads, headHeight: lines * lineHeight(STYLES.head) + 2 * PADDING };
}

/** By their shares, but no column is narrower than the longest word of its head: the others give way. */
function widthsOf(paper: Paper, columns: readonly Column[]): readonly number[] {
  const least = columns.map(({ head: words }) => {
    return 2 * GUTTER + Math.max(...textOf(words).split(' ').map((word) => paper.measure(word, STYLES.head)));
  });
  const isFixed = columns.map(() => false);
  for (;;) {
    const left = columns.reduce((width, _, n) => (isFixed[n] ? width - (least[n] as number) : width), paper.width);
    const shares = columns.reduce((sum, { share }, n) => (isFixed[n] ? sum : sum + share), 0);
    const widths = columns.map(({ share }, n) => (isFixed[n] ? (least[n] as number) : (left * share) / shares));
    const narrow = widths.findIndex((width, n) => !isFixed[n] && width < (least[n] as number));
    if (narrow < 0) return widths;
    isFixed[narrow] = true;
  }
}

const inner = (place: Place | undefined): number => (place?.width ?? 0) - 2 * GUTTER;

function head(paper: Paper, layout: Layout, columns: readonly Column[], parent: Tag): void {
  const { places, heads, headHeight } = layout;
  tint(paper, layout);
  const group = paper.open('THead', {}, parent);
  const row = paper.open('TR', {}, group);
  for (const [n, { head: words }] of columns.entries()) {
    const options = { scope: 'Column', ...languageTag(words, paper.language) } as const;
    paper.tag('TH', options, () => drawCells(paper, places.slice(n, n + 1), heads.slice(n, n + 1), STYLES.head), row);
  }
  row.end();
  group.end();
  paper.y += headHeight;
}

function tint(paper: Paper, { headHeight }: Layout): void {
  const { left, width, y } = paper;
  paper.artifact('Layout', (doc) => {
    doc.rect(left, y, width, headHeight).fill(INK.faint);
    doc.moveTo(left, y + headHeight).lineTo(left + width, y + headHeight).lineWidth(0.8).stroke(INK.accent);
  });
}

function again(paper: Paper, words: Words): void {
  const [line = ''] = wrapped(paper, textOf(words), paper.width, STYLES.quiet);
  paper.artifact('Pagination', () => paper.write(line, paper.left, paper.y, STYLES.quiet));
  paper.y += lineHeight(STYLES.quiet) + PADDING;
}

interface Drawing {
  readonly row: Row;
  readonly turn: () => void;
}

function drawRow(paper: Paper, body: Tag, places: readonly Place[], { row, turn }: Drawing): void {
  const style = row.isStrong === true ? STYLES.cellStrong : STYLES.cell;
  const cells = row.cells.map((words, n) => wrapped(paper, textOf(words), inner(places[n]), style));
  const lines = Math.max(...cells.map(({ length }) => length));
  const whole = lines * CELL_HEIGHT + 2 * PADDING;
  if (paper.y + whole > paper.bottom && whole < MOST_KEPT) turn();
  const tr = paper.open('TR', {}, body);
  const tds = row.cells.map((words) => paper.open('TD', languageTag(words, paper.language), tr));
  for (let from = 0; from < lines; ) {
    if (paper.y + CELL_HEIGHT + 2 * PADDING > paper.bottom) turn();
    const to = Math.min(lines, from + Math.floor((paper.bottom - paper.y - 2 * PADDING) / CELL_HEIGHT));
    for (const [n, td] of tds.entries()) {
      const part = cells[n]?.slice(from, to) ?? [];
      if (part.some((line) => line !== '')) td.add(() => drawCells(paper, places.slice(n, n + 1), [part], style));
    }
    paper.y += (to - from) * CELL_HEIGHT + 2 * PADDING;
    from = to;
  }
  for (const td of tds) td.end();
  tr.end();
}

/** A row that is not higher than this is never parted. */
const MOST_KEPT = 400;

function drawCells(paper: Paper, places: readonly Place[], cells: readonly (readonly string[])[], style: Style): void {
  const step = lineHeight(style);
  for (const [n, { x, width, isRight }] of places.entries()) {
    for (const [m, line] of (cells[n] ?? []).entries()) {
      const y = paper.y + PADDING + LOWERED + m * step;
      if (line === '') continue;
      if (isRight) paper.writeRight(line, x + width - GUTTER, y, style);
      else paper.write(line, x + GUTTER, y, style);
    }
  }
}

/** Letters without tails look high in their line. */
const LOWERED = 0.9;

function drawRules(paper: Paper, heights: readonly number[]): void {
  if (heights.length === 0) return;
  paper.artifact('Layout', (doc) => {
    for (const y of heights) doc.moveTo(paper.left, y).lineTo(paper.left + paper.width, y);
    doc.lineWidth(0.4).stroke(INK.line);
  });
}
