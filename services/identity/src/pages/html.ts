/** Text that is markup already. Everything else is escaped where it is put in. */
export class Html {
  constructor(readonly text: string) {}
}

export type Part = Html | string | number | undefined | readonly Part[];

/** `undefined` puts nothing there. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + written(parts[index])).join(''));
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return String(part).replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '');
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;',
};
