import type { ServerResponse } from 'node:http';
import { Empty, type AmpStatus, type SignedOutEverywhere } from '@portal/contract';
import type { Logins } from '../accounts/logins.js';
import type { AmpSessions } from '../provider/amp-sessions.js';
import type { Exchange } from '../sign-in/sign-in-routes.js';
import { readBody } from './body.js';
import { refusedAs } from './problems.js';

export interface AmpRouteParts {
  readonly amp: AmpSessions;
  readonly logins: Logins;
  readonly isSecure: boolean;
}

/** What a program is told of the sign-in at AMP whose cookie it keeps. */
export async function ampStatus({ amp, logins }: AmpRouteParts, { request, response }: Exchange): Promise<AmpStatus> {
  const open = await amp.shownBy(request, response);
  const login = open && logins.byAccount(open.account);
  if (login === undefined || open === undefined) throw notAtAmp();
  const { session, kept, authTime } = open;
  return { username: login.name, session, since: new Date(authTime * 1000).toISOString(), kept };
}

export async function ampSignOut({ amp, isSecure }: AmpRouteParts, { request, response }: Exchange): Promise<SignedOutEverywhere> {
  await readBody(request, Empty);
  const open = await amp.shownBy(request, response);
  if (open === undefined) throw notAtAmp();
  const signedOut = await amp.end(open);
  forgetAmpHere(response, isSecure);
  return { signedOut };
}

/** Nothing stays in the browser of who it was. Other cookies do: by one of them strangers' wrong passwords lock nobody out. */
export function forgetAmpHere(response: ServerResponse, isSecure: boolean): void {
  const over = `Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  for (const name of ['_session', '_session.sig']) response.appendHeader('set-cookie', `${name}=; ${over}`);
  response.setHeader('clear-site-data', '"cache", "storage"');
}

const notAtAmp = () => refusedAs('not-signed-in', 'nobody is signed in to AMP here');
