import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Secrets } from '../platform/secrets.js';

export const FORM_COOKIE = 'portal_form';

/** Bound to the browser by a cookie: whoever cannot read our pages there cannot write a form that is taken. */
export interface FormToken {
  readonly token: string;
  /** To be set where the browser has none yet. */
  readonly cookie: string | undefined;
}

export function formToken({ headers }: IncomingMessage, secrets: Secrets, isSecure: boolean): FormToken {
  const kept = cookieIn(headers.cookie);
  const value = kept ?? randomBytes(32).toString('base64url');
  const cookie = `${FORM_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return { token: tokenOf(secrets, value), cookie: kept === undefined ? cookie : undefined };
}

/** Whether the form was ours: sent from our own pages, and with the token of this browser. */
export function isOwnForm({ headers }: IncomingMessage, token: string, secrets: Secrets, origin: string): boolean {
  // What a browser says of the page that the form stood on; older ones say only where that was.
  const site = headers['sec-fetch-site'];
  if (site !== undefined ? site !== 'same-origin' : (headers.origin ?? origin) !== origin) return false;
  const value = cookieIn(headers.cookie);
  const [sent, own] = [Buffer.from(token), Buffer.from(value === undefined ? '' : tokenOf(secrets, value))];
  return own.length > 0 && sent.length === own.length && timingSafeEqual(sent, own);
}

const tokenOf = (secrets: Secrets, value: string): string => secrets.keyed('form', value).toString('base64url');

const cookieIn = (cookies = ''): string | undefined =>
  new RegExp(`(?:^|; *)${FORM_COOKIE}=([\\w-]{43})(?:;|$)`).exec(cookies)?.[1];
