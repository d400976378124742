/** Headings and paragraphs. Each moves the pen below what it wrote. */
import type { Style } from './look.js';
import { INK, lineHeight, STYLES } from './look.js';
import type { Paper, Tag } from './paper.js';
import type { Words } from './said.js';
import { languageTag, textOf } from './said.js';
import { wrapped } from './wrap.js';

/** The head of a document: what it is, and of what. */
export function titleBlock(paper: Paper, kind: Words, title: Words): void {
  lines(paper, kind, { type: 'H1', style: STYLES.kind });
  paper.y += 2;
  lines(paper, title, { type: 'P', style: STYLES.title });
  paper.y += 5;
  rule(paper, INK.accent, 1.2);
  paper.y += 12;
}

/** Stays together with `keep` points of what follows it. */
export function heading(paper: Paper, words: Words, keep = 60): void {
  if (paper.y > paper.top) paper.y += 14;
  paper.need(lineHeight(STYLES.section) + keep);
  lines(paper, words, { type: 'H2', style: STYLES.section });
  paper.y += 6;
}

export function subheading(paper: Paper, words: Words, keep = 40): void {
  paper.y += 6;
  paper.need(lineHeight(STYLES.part) + keep);
  lines(paper, words, { type: 'H3', style: STYLES.part });
  paper.y += 3;
}

export function paragraph(paper: Paper, words: Words, style: Style = STYLES.body): void {
  lines(paper, words, { type: 'P', style });
  paper.y += 5;
}

export function rule(paper: Paper, ink: string = INK.line, thickness = 0.6): void {
  paper.artifact('Layout', (doc) => {
    doc.moveTo(paper.left, paper.y).lineTo(paper.left + paper.width, paper.y).lineWidth(thickness).stroke(ink);
  });
}

interface How {
  readonly type: string;
  readonly style: Style;
  readonly parent?: Tag;
}

/** Over as many pages as it takes: one element, whatever pages its lines are on. */
export function lines(paper: Paper, words: Words, { type, style, parent }: How): void {
  const height = lineHeight(style);
  let rest = wrapped(paper, textOf(words), paper.width, style);
  const element = paper.open(type, languageTag(words, paper.language), parent);
  while (rest.length > 0) {
    paper.need(height);
    const here = rest.slice(0, Math.max(1, Math.floor((paper.bottom - paper.y) / height)));
    element.add(() => {
      for (const [n, line] of here.entries()) paper.write(line, paper.left, paper.y + n * height, style);
    });
    paper.y += here.length * height;
    rest = rest.slice(here.length);
  }
  element.end();
}
