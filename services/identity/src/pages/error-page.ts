import type { IncomingMessage } from 'node:http';
import { html } from './html.js';
import { languageOf } from './language.js';
import { laidOut } from './layout.js';
import { textsIn } from './texts.js';

/**
 * Where a form is sent on to whose sign-in is not known or over: no sign-in is called that, and loading the page again sends
 * nothing again.
 */
export const ENDED_PAGE = '/sign-in/ended';

/** What the provider refuses a browser: that it has ended, or that it was our fault. Why stands in the program's answer. */
export function errorPage(request: IncomingMessage, status: number): string {
  const asked = (request as IncomingMessage & { originalUrl?: string }).originalUrl ?? request.url ?? '/';
  const [address = '/', query = ''] = asked.split('?');
  const texts = textsIn(languageOf(request, new URLSearchParams(query)));
  const [title, how] = status < 500 ? (['ended', 'ended-how'] as const) : (['failed', 'failed-how'] as const);
  return laidOut({ ...texts, token: '', address }, { title, body: html`<p>${texts.say(how)}</p>` });
}
