import type { IncomingMessage } from 'node:http';

/** Of the first part of an address: what has pages. */
const WITH_PAGES: ReadonlySet<string | undefined> = new Set(['sign-in', 'device', 'amp', 'recovery']);

/** Browsers ask for HTML by name and send forms; programs do neither. */
export function wantsPage({ method, headers, url = '' }: IncomingMessage): boolean {
  if (!WITH_PAGES.has(url.split(/[/?]/, 2)[1])) return false;
  if (method === 'POST') return (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
  return method === 'GET' && asksForHtml(headers);
}

export const asksForHtml = ({ accept = '' }: IncomingMessage['headers']): boolean => accept.includes('text/html');
