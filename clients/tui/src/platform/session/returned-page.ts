import { translator } from '../i18n/translate.js';
import type { Language } from '../i18n/catalogue.js';

/** What stands in the browser after it came back. */
export function returnedPage(language: Language, isSignedIn: boolean): string {
  const t = translator(language);
  const heading = t(isSignedIn ? 'elsewhere.page.signed-in' : 'elsewhere.page.refused');
  const next = t(isSignedIn ? 'elsewhere.page.close' : 'elsewhere.page.again');
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;margin:3rem auto;max-width:34rem;padding:0 1rem}</style></head>
<body><main><h1>${heading}</h1><p>${next}</p></main></body>
</html>
`;
}
