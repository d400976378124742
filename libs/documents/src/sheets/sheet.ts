/** What all documents begin and end with. */
import type { CentreShown, ComponentShown, Language, Source } from '../models.js';
import { titleBlock } from '../pdf/blocks.js';
import type { Orientation } from '../pdf/look.js';
import { INK, STYLES } from '../pdf/look.js';
import type { Paper } from '../pdf/paper.js';
import { drawn } from '../pdf/paper.js';
import type { Rendered } from '../rendered.js';
import { titleOf } from '../texts/figures.js';
import type { Say } from '../texts/say.js';
import { sayIn } from '../texts/say.js';

interface Shown {
  readonly language: Language;
  readonly component: ComponentShown;
  readonly source: Source;
}

export interface Sheet {
  readonly paper: Paper;
  readonly say: Say;
}

/** `draw` writes everything between title and foot. */
export async function sheet(
  model: Shown,
  kind: (say: Say) => string,
  draw: (sheet: Sheet) => void,
  orientation: Orientation = 'portrait',
): Promise<Rendered> {
  const { language, component, source } = model;
  const say = sayIn(language);
  const named = kind(say);
  const title = titleOf(component, language);
  const about = { title: `${named}: ${title.text}`, language, at: new Date(source.at === '' ? 0 : source.at), orientation };
  const { bytes, pages } = await drawn(
    about,
    (paper) => {
      titleBlock(paper, named, title);
      draw({ paper, say });
    },
    (paper, page, count) => footer(paper, say, { about: `${component.component} · ${named}`, source, page, count }),
  );
  return { bytes, mediaType: 'application/pdf', extension: 'pdf', pages };
}

export const centreName = ({ centre, name }: CentreShown): string => `${centre} ${name}`.trim();

interface Foot {
  readonly about: string;
  readonly source: Source;
  readonly page: number;
  readonly count: number;
}

function footer(paper: Paper, say: Say, { about, source, page, count }: Foot): void {
  const y = paper.bottom + 20;
  const right = paper.left + paper.width;
  paper.draw((doc) => doc.moveTo(paper.left, y - 6).lineTo(right, y - 6).lineWidth(0.5).stroke(INK.line));
  paper.write(about, paper.left, y, STYLES.footer);
  paper.writeRight(say('page', { page, pages: count }), right, y, STYLES.footer);
  const { position, hash } = source;
  const made = position === '' ? say('source.nothing') : say('source', { position, hash });
  paper.write(made, paper.left, y + 10, STYLES.footer);
}
