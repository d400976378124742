import type { IncomingMessage } from 'node:http';

export type Language = 'en' | 'cy';

export const LANGUAGE_COOKIE = 'portal_language';

/** What was chosen here before wins; then what the program asked for (`ui_locales`), then what the browser prefers. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>, query: URLSearchParams, asked?: string): Language {
  const chosen = query.get('lang') ?? new RegExp(`(?:^|; *)${LANGUAGE_COOKIE}=(en|cy)(?:;|$)`).exec(headers.cookie ?? '')?.[1];
  if (isLanguage(chosen)) return chosen;
  return firstOf((asked ?? '').split(' ')) ?? firstOf(preferred(headers['accept-language'] ?? '')) ?? 'en';
}

/** Kept where it was chosen on this page. */
export function languageCookie(query: URLSearchParams, isSecure: boolean): string | undefined {
  const chosen = query.get('lang');
  if (!isLanguage(chosen)) return undefined;
  return `${LANGUAGE_COOKIE}=${chosen}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000${isSecure ? '; Secure' : ''}`;
}

const isLanguage = (text: string | null | undefined): text is Language => text === 'en' || text === 'cy';

function firstOf(tags: readonly string[]): Language | undefined {
  return tags.map((tag) => tag.trim().toLowerCase().split('-')[0]).find(isLanguage);
}

/** `Accept-Language`, what is preferred first. */
function preferred(header: string): readonly string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...more] = part.split(';');
      const quality = Number(/^\s*q=([\d.]+)/.exec(more.join(';'))?.[1] ?? 1);
      return { tag, quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
