import { Html, html, type Part } from './html.js';
import { STYLE, STYLE_HASH } from './style.js';
import type { TextKey, Texts } from './texts.js';

/** What every page is given. */
export interface Scene extends Texts {
  /** Stands in every form. */
  readonly token: string;
  /** Where the page is found again: the other language is chosen there. */
  readonly address: string;
  /** Goes along to the other language: the page is the answer to it, and is not found again without. */
  readonly carried?: Html;
}

export interface Page {
  readonly title: TextKey;
  readonly body: Html;
  /** What went wrong, above everything else; `field` is the id of what it is about. */
  readonly wrong?: { readonly text: Html; readonly field?: string | undefined } | undefined;
  /** Goes there by itself. */
  readonly refresh?: { readonly afterS: number; readonly to: string } | undefined;
  readonly status?: number;
}

export function laidOut(scene: Scene, { title, body, wrong, refresh }: Page): string {
  const { language, say, plain, isMixed } = scene;
  const heading = wrong === undefined ? plain(title) : `${plain('problem')}: ${plain(title)}`;
  const going = refresh && html`<meta http-equiv="refresh" content="${refresh.afterS};url=${refresh.to}">`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${going}
<title>${heading} · ${plain('portal')}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><p>${say('portal')}</p>${otherLanguage(scene)}</header>
<main>
${wrong && problem(scene, wrong)}
<h1>${say(title)}</h1>
${body}
</main>
${isMixed() ? html`<footer><p>${say('some-english')}</p></footer>` : undefined}
</body>
</html>
`.text;
}

/** No script, no picture, no frame, nothing from elsewhere; forms come back here. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'x-content-type-options': 'nosniff',
  // Without a referrer browsers send no origin with a form either.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

export function form({ token }: Scene, action: string, content: Part, className?: string): Html {
  return html`<form method="post" action="${action}"${className && html` class="${className}"`}>
<input type="hidden" name="form" value="${token}">
${content}
</form>`;
}

function problem({ say }: Scene, { text, field }: NonNullable<Page['wrong']>): Html {
  const words = field === undefined ? text : html`<a href="#${field}">${text}</a>`;
  return html`<div class="wrong" role="alert"><h2>${say('problem')}</h2><p>${words}</p></div>`;
}

function otherLanguage({ language, address, carried }: Scene): Html {
  const [other, name] = language === 'en' ? ['cy', 'Cymraeg'] : ['en', 'English'];
  const there = `${address}${address.includes('?') ? '&' : '?'}lang=${other}`;
  return carried === undefined
    ? html`<a href="${there}" lang="${other}" hreflang="${other}">${name}</a>`
    : html`<form method="post" action="${there}">${carried}<button class="language" lang="${other}">${name}</button></form>`;
}
