/** Centre marks against moderator marks, with the tolerance as a band and the line of the adjustment. */
import type { Point } from '../models.js';
import { INK, STYLES } from './look.js';
import type { Paper } from './paper.js';

export interface Plot {
  readonly maximum: number;
  readonly tolerance: number;
  readonly points: readonly Point[];
  readonly line: readonly Point[];
  /** What somebody is told who does not see it. */
  readonly told: string;
  readonly across: string;
  readonly up: string;
  readonly legend: { readonly within: string; readonly outside: string; readonly equal: string; readonly line: string };
}

type Doc = PDFKit.PDFDocument;

/** Where the axes stand on the sheet. */
interface Frame {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly of: (point: Point) => readonly [number, number];
}

export const PLOT = { width: 216, height: 232 } as const;

/** From the pen down, at the left of the sheet; the pen stays where it is. */
export function drawPlot(paper: Paper, plot: Plot): void {
  const frame = frameOf(paper, plot.maximum);
  const bbox = [paper.left, paper.y, paper.left + PLOT.width, paper.y + PLOT.height] as const;
  paper.tag('Figure', { alt: plot.told, bbox }, () => {
    // The band is beneath: over the axes it would hide two corners of them.
    paper.draw((doc) => inside(doc, frame, () => band(doc, frame, plot)));
    axes(paper, frame, plot);
    paper.draw((doc) => {
      inside(doc, frame, () => {
        equal(doc, frame, plot);
        line(doc, frame, plot.line);
      });
      for (const point of plot.points) mark(doc, frame.of(point), isWithin(point, plot));
    });
    legend(paper, frame, plot);
  });
}

export const isWithin = ({ x, y }: Point, { tolerance }: Pick<Plot, 'tolerance'>): boolean => Math.abs(y - x) <= tolerance;

function frameOf(paper: Paper, maximum: number): Frame {
  const size = 178;
  const [x, y] = [paper.left + 30, paper.y + 4];
  return { x, y, size, of: (point) => [x + (size * point.x) / maximum, y + size - (size * point.y) / maximum] };
}

function inside(doc: Doc, { x, y, size }: Frame, draw: () => void): void {
  doc.save().rect(x, y, size, size).clip();
  draw();
  doc.restore();
}

function axes(paper: Paper, { x, y, size, of }: Frame, { maximum, across, up }: Plot): void {
  const step = stepOf(maximum);
  for (let at = 0; at <= maximum; at += step) {
    const [along, height] = of({ x: at, y: at });
    paper.draw((doc) => doc.moveTo(along, y).lineTo(along, y + size).moveTo(x, height).lineTo(x + size, height).lineWidth(0.3).stroke(INK.line));
    const text = String(at);
    paper.write(text, along - paper.measure(text, STYLES.tick) / 2, y + size + 3, STYLES.tick);
    paper.writeRight(text, x - 4, height - 4, STYLES.tick);
  }
  paper.draw((doc) => doc.rect(x, y, size, size).lineWidth(0.7).stroke(INK.quiet));
  paper.write(across, x + size / 2 - paper.measure(across, STYLES.label) / 2, y + size + 12, STYLES.label);
  paper.draw((doc) => {
    doc.save().rotate(-90, { origin: [paper.left, y + size / 2] });
    paper.write(up, paper.left - paper.measure(up, STYLES.label) / 2, y + size / 2, STYLES.label);
    doc.restore();
  });
}

function stepOf(maximum: number): number {
  return STEPS.find((step) => maximum / step <= 6) ?? Math.ceil(maximum / 5);
}

const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500];

function band(doc: Doc, { of }: Frame, { maximum, tolerance }: Plot): void {
  const corners = [
    { x: 0, y: -tolerance }, { x: maximum, y: maximum - tolerance }, { x: maximum, y: maximum + tolerance }, { x: 0, y: tolerance },
  ].map(of);
  doc.polygon(...corners.map(([x, y]) => [x, y])).fill(INK.faint);
}

function equal(doc: Doc, { of }: Frame, { maximum }: Plot): void {
  const [from, to] = [of({ x: 0, y: 0 }), of({ x: maximum, y: maximum })];
  doc.moveTo(...from).lineTo(...to).lineWidth(0.6).dash(2, { space: 2 }).stroke(INK.quiet).undash();
}

function line(doc: Doc, { of }: Frame, points: readonly Point[]): void {
  for (const [n, point] of points.entries()) n === 0 ? doc.moveTo(...of(point)) : doc.lineTo(...of(point));
  if (points.length > 1) doc.lineWidth(1.4).stroke(INK.accent);
}

/** Round within the tolerance and a diamond outside it: never by colour alone. */
function mark(doc: Doc, [x, y]: readonly [number, number], within: boolean): void {
  if (within) doc.circle(x, y, 2.2).fill(INK.accent);
  else doc.polygon([x, y - 3.2], [x + 3.2, y], [x, y + 3.2], [x - 3.2, y]).fill(INK.alarm);
}

function legend(paper: Paper, { x, y, size }: Frame, { legend: words, line: points }: Plot): void {
  const top = y + size + 25;
  const second = x + size / 2;
  const entry = (text: string, left: number, high: number, sign: (doc: Doc, x: number, y: number) => void): void => {
    paper.draw((doc) => sign(doc, left + 5, high + 4));
    paper.write(text, left + 14, high, STYLES.tick);
  };
  entry(words.within, x, top, (doc, cx, cy) => mark(doc, [cx, cy], true));
  entry(words.outside, second, top, (doc, cx, cy) => mark(doc, [cx, cy], false));
  entry(words.equal, x, top + 11, (doc, cx, cy) => {
    doc.moveTo(cx - 5, cy).lineTo(cx + 5, cy).lineWidth(0.6).dash(2, { space: 2 }).stroke(INK.quiet).undash();
  });
  if (points.length < 2) return;
  entry(words.line, second, top + 11, (doc, cx, cy) => doc.moveTo(cx - 5, cy).lineTo(cx + 5, cy).lineWidth(1.4).stroke(INK.accent));
}
