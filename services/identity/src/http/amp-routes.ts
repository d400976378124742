import { Empty, type AmpStatus, type SignedOutEverywhere } from '@portal/contract';
import type { Logins } from '../accounts/logins.js';
import type { AmpSessions } from '../provider/amp-sessions.js';
import type { Exchange } from '../sign-in/sign-in-routes.js';
import { readBody } from './body.js';
import { refusedAs } from './problems.js';

export interface AmpRouteParts {
  readonly amp: AmpSessions;
  readonly logins: Logins;
}

/** What a program is told of the sign-in at AMP whose cookie it keeps. */
export async function ampStatus({ amp, logins }: AmpRouteParts, { request, response }: Exchange): Promise<AmpStatus> {
  const open = await amp.shownBy(request, response);
  const login = open && logins.byAccount(open.account);
  if (login === undefined || open === undefined) throw notAtAmp();
  const { session, kept, authTime } = open;
  return { username: login.name, session, since: new Date(authTime * 1000).toISOString(), kept };
}

export async function ampSignOut({ amp }: AmpRouteParts, { request, response }: Exchange): Promise<SignedOutEverywhere> {
  await readBody(request, Empty);
  const open = await amp.shownBy(request, response);
  if (open === undefined) throw notAtAmp();
  return { signedOut: await amp.end(open) };
}

const notAtAmp = () => refusedAs('not-signed-in', 'nobody is signed in to AMP here');
