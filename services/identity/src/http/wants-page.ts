import type { IncomingMessage } from 'node:http';

/** Of the first part of an address: what takes forms. */
const WITH_FORMS: ReadonlySet<string | undefined> = new Set(['sign-in', 'device', 'amp', 'recovery']);

/** Browsers ask for HTML by name and send forms; programs do neither. */
export function wantsPage({ method, headers, url = '' }: IncomingMessage): boolean {
  if (method === 'GET') return asksForHtml(headers);
  if (method !== 'POST' || !WITH_FORMS.has(url.split(/[/?]/, 2)[1])) return false;
  return (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
}

export const asksForHtml = ({ accept = '' }: IncomingMessage['headers']): boolean => accept.includes('text/html');
