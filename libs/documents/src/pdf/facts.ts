/** Small named figures side by side: a list of names and values. */
import { lineHeight, STYLES } from './look.js';
import type { Paper } from './paper.js';
import type { Words } from './said.js';
import { languageTag, textOf } from './said.js';
import { wrapped } from './wrap.js';

export interface Fact {
  readonly name: Words;
  readonly value: Words;
}

interface Place {
  readonly x?: number;
  readonly width?: number;
  /** In how many columns. */
  readonly columns?: number;
}

const GAP = 14;

export function facts(paper: Paper, all: readonly Fact[], place: Place = {}): void {
  const { x = paper.left, width = paper.width, columns = 4 } = place;
  if (all.length === 0) return;
  const each = (width - GAP * (columns - 1)) / columns;
  const list = paper.open('L');
  for (let first = 0; first < all.length; first += columns) {
    const row = all.slice(first, first + columns).map(({ name, value }) => ({
      name,
      value,
      names: wrapped(paper, textOf(name), each, STYLES.label),
      values: wrapped(paper, textOf(value), each, STYLES.value),
    }));
    const named = Math.max(...row.map(({ names }) => names.length)) * lineHeight(STYLES.label);
    const height = named + Math.max(...row.map(({ values }) => values.length)) * lineHeight(STYLES.value);
    paper.need(height);
    for (const [n, { name, value, names, values }] of row.entries()) {
      const at = x + n * (each + GAP);
      const item = paper.open('LI', {}, list);
      const { y } = paper;
      paper.tag('Lbl', languageTag(name, paper.language), () => column(paper, names, at, y, STYLES.label), item);
      paper.tag('LBody', languageTag(value, paper.language), () => column(paper, values, at, y + named, STYLES.value), item);
      item.end();
    }
    paper.y += height + 6;
  }
  list.end();
}

function column(paper: Paper, texts: readonly string[], x: number, y: number, style: (typeof STYLES)['label' | 'value']): void {
  for (const [n, text] of texts.entries()) paper.write(text, x, y + n * lineHeight(style), style);
}
