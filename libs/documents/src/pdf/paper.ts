/**
 * The sheet that everything is written on: where the pen is, what a text measures, and the tree of tags that a reader
 * for the blind follows. Nothing here knows a clock or a random number.
 *
 * What is drawn is drawn twice: once on a dry paper, which counts its pages and writes nothing, and then in ink, each
 * page leaving as soon as it is full. So a foot can say how many there are, and thousands need no more room than one.
 */
import PDFDocument from 'pdfkit';
import type { Language } from '../models.js';
import { FONTS } from './fonts.js';
import type { Orientation, Style } from './look.js';
import { A4, MARGIN } from './look.js';
import { LOCALES } from './said.js';

/** An element of the tree; on dry paper nothing comes of it. */
export type Tag = Pick<PDFKit.PDFStructureElement, 'add' | 'end'>;

interface TagOptions {
  readonly lang?: string;
  readonly alt?: string;
  readonly scope?: 'Column' | 'Row';
  readonly bbox?: readonly [number, number, number, number];
}

export interface About {
  readonly title: string;
  readonly language: Language;
  /** The document's own date. */
  readonly at: Date;
  readonly orientation: Orientation;
}

export type Draw = (paper: Paper) => void;
/** What stands on every page. */
export type DrawFoot = (paper: Paper, page: number, pages: number) => void;

export async function drawn(about: About, draw: Draw, foot: DrawFoot): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
  const dry = new Paper(about, undefined);
  draw(dry);
  const { page: pages } = dry;
  const paper = new Paper(about, (on, page) => foot(on, page, pages));
  draw(paper);
  return { bytes: await paper.end(), pages };
}

export class Paper {
  readonly language: Language;
  readonly left = MARGIN.left;
  readonly top = MARGIN.top;
  readonly width: number;
  readonly bottom: number;
  y: number = MARGIN.top;
  /** From 1. */
  page = 1;
  readonly #doc: PDFKit.PDFDocument;
  readonly #foot: ((paper: Paper, page: number) => void) | undefined;
  readonly #root: Tag;
  readonly #widths = new Map<string, number>();
  readonly #finished: Uint8Array[] = [];
  #ink = '';

  /** Without a foot it stays dry. */
  constructor({ title, language, at, orientation }: About, foot: ((paper: Paper, page: number) => void) | undefined) {
    const size = A4[orientation];
    this.width = size[0] - MARGIN.left - MARGIN.right;
    this.bottom = size[1] - MARGIN.bottom;
    this.language = language;
    this.#foot = foot;
    const info = { Title: title, Creator: 'Appointee Portal', CreationDate: at, ModDate: at };
    this.#doc = new PDFDocument({ ...SETTINGS, size: [...size], lang: LOCALES[language], info });
    for (const [name, bytes] of Object.entries(FONTS)) this.#doc.registerFont(name, bytes);
    if (foot === undefined) {
      this.#root = NOTHING;
      return;
    }
    const root = this.#doc.struct('Document');
    this.#doc.addStructure(root);
    this.#root = root;
    this.#doc.addPage();
  }

  /** A new element below `parent`, or below the document; whoever opens it ends it. */
  open(type: string, options: TagOptions = {}, parent = this.#root): Tag {
    if (this.#foot === undefined) return NOTHING;
    const element = this.#doc.struct(type, options as object);
    parent.add(element);
    return element;
  }

  /** An element with all that is drawn at once. */
  tag(type: string, options: TagOptions, draw: () => void, parent = this.#root): void {
    const element = this.open(type, options, parent);
    element.add(draw);
    element.end();
  }

  /** What is not content: rules, tints, repeated heads, page numbers. */
  artifact(type: 'Layout' | 'Pagination', draw: (doc: PDFKit.PDFDocument) => void): void {
    if (this.#foot === undefined) return;
    this.#doc.markContent('Artifact', { type });
    this.draw(draw);
    this.#doc.endMarkedContent();
  }

  /** Whatever is no writing; it may leave another ink in the pen. */
  draw(shapes: (doc: PDFKit.PDFDocument) => void): void {
    if (this.#foot === undefined) return;
    this.#ink = '';
    shapes(this.#doc);
    this.#ink = '';
  }

  /** One line whose letters hang from `y`. */
  write(text: string, x: number, y: number, { font, size, ink }: Style): void {
    if (this.#foot === undefined) return;
    if (ink !== this.#ink) this.#doc.fillColor(ink);
    this.#ink = ink;
    this.#doc.font(font, size).text(text, x, y, ONE_LINE);
  }

  /** Ends at `right`. */
  writeRight(text: string, right: number, y: number, style: Style): void {
    this.write(text, right - this.measure(text.trimEnd(), style), y, style);
  }

  measure(text: string, { font, size }: Style): number {
    const key = `${font} ${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = this.#doc.font(font, 1000).widthOfString(text);
      this.#widths.set(key, width);
    }
    return (width * size) / 1000;
  }

  /** On the next page where less than this is left here. */
  need(height: number): void {
    if (this.y + height > this.bottom) this.turn();
  }

  turn(): void {
    this.#ended();
    if (this.#foot !== undefined) this.#nextPage();
    this.page += 1;
    this.y = this.top;
    this.#ink = '';
  }

  async end(): Promise<Uint8Array> {
    this.#ended();
    this.#root.end();
    this.#doc.end();
    for await (const rest of this.#doc) this.#finished.push(rest as Uint8Array);
    return Buffer.concat(this.#finished);
  }

  /** What is finished is taken in one piece: thousands of small ones weigh many times what they say. */
  #nextPage(): void {
    this.#doc.addPage();
    const finished = this.#doc.read() as Uint8Array | null;
    if (finished !== null) this.#finished.push(finished);
  }

  #ended(): void {
    this.artifact('Pagination', () => this.#foot?.(this, this.page));
  }
}

/** Takes everything and does nothing. */
const NOTHING: Tag = { add: () => NOTHING as PDFKit.PDFStructureElement, end: () => undefined };

const SETTINGS = {
  margin: 0,
  pdfVersion: '1.7',
  tagged: true,
  displayTitle: true,
  subset: 'PDF/UA',
  autoFirstPage: false,
  // No standard font: everything is written in an embedded one.
  font: '',
} as unknown as PDFKit.PDFDocumentOptions;

const ONE_LINE = { lineBreak: false } as const;
