/**
 * The sheet that everything is written on: where the pen is, what a text measures, and the tree of tags that a reader
 * for the blind follows. Nothing here knows a clock or a random number.
 */
import PDFDocument from 'pdfkit';
import type { Language } from '../models.js';
import { FONTS } from './fonts.js';
import type { Orientation, Style } from './look.js';
import { A4, MARGIN } from './look.js';
import { LOCALES } from './said.js';

export type Tag = PDFKit.PDFStructureElement;
interface TagOptions {
  readonly lang?: string;
  readonly alt?: string;
  readonly scope?: 'Column' | 'Row';
  readonly bbox?: readonly [number, number, number, number];
}

interface About {
  readonly title: string;
  readonly language: Language;
  /** The document's own date. */
  readonly at: Date;
  readonly orientation: Orientation;
}

export class Paper {
  readonly language: Language;
  readonly left = MARGIN.left;
  readonly top = MARGIN.top;
  readonly width: number;
  readonly bottom: number;
  y: number = MARGIN.top;
  readonly #doc: PDFKit.PDFDocument;
  readonly #root: Tag;
  #ink = '';
  readonly #widths = new Map<string, number>();
  readonly #bytes: Promise<Uint8Array>;

  constructor({ title, language, at, orientation }: About) {
    const [width, height] = A4[orientation];
    this.width = width - MARGIN.left - MARGIN.right;
    this.bottom = height - MARGIN.bottom;
    this.language = language;
    this.#doc = new PDFDocument({
      ...SETTINGS,
      size: [width, height],
      lang: LOCALES[language],
      info: { Title: title, Creator: 'Appointee Portal', CreationDate: at, ModDate: at },
    });
    this.#bytes = collected(this.#doc);
    for (const [name, bytes] of Object.entries(FONTS)) this.#doc.registerFont(name, bytes);
    this.#root = this.#doc.struct('Document');
    this.#doc.addStructure(this.#root);
    this.#doc.addPage();
  }

  /** A new element below `parent`, or below the document; whoever opens it ends it. */
  open(type: string, options: TagOptions = {}, parent = this.#root): Tag {
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
    this.#doc.markContent('Artifact', { type });
    this.draw(draw);
    this.#doc.endMarkedContent();
  }

  /** Whatever is no writing; it may leave another ink in the pen. */
  draw(shapes: (doc: PDFKit.PDFDocument) => void): void {
    this.#ink = '';
    shapes(this.#doc);
    this.#ink = '';
  }

  /** One line whose letters hang from `y`. */
  write(text: string, x: number, y: number, { font, size, ink }: Style): void {
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
    this.#doc.addPage();
    this.#ink = '';
    this.y = this.top;
  }

  /** `each` draws what stands on every page, when it is known how many there are. */
  async finish(each: (page: number, pages: number) => void): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
    this.#root.end();
    const { count: pages } = this.#doc.bufferedPageRange();
    for (let page = 0; page < pages; page += 1) {
      this.#doc.switchToPage(page);
      this.artifact('Pagination', () => each(page + 1, pages));
    }
    this.#doc.end();
    return { bytes: await this.#bytes, pages };
  }
}

const SETTINGS = {
  margin: 0,
  pdfVersion: '1.7',
  tagged: true,
  displayTitle: true,
  subset: 'PDF/UA',
  bufferPages: true,
  autoFirstPage: false,
  // No standard font: everything is written in an embedded one.
  font: '',
} as unknown as PDFKit.PDFDocumentOptions;

const ONE_LINE = { lineBreak: false } as const;

function collected(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
