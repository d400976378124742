import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Nothing, type AccessClaims } from '@portal/contract';
import { endedSessions, people } from '@portal/domain';
import { DpopProofs, isBare, isHeldBy, presentedIn, type Presented } from '@portal/identity';
import type { FastifyRequest } from 'fastify';
import { Views } from '../views.js';
import { AccessTokens } from './access-token.js';
import { ProblemError } from './problem-error.js';
import { requireFactor } from './required-factor.js';
import { isPermitted, ROUTES, type Route } from './routes.js';
import { validated } from './validated.js';

/** Who is it, and may they call this at all? */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly views: Views,
    private readonly proofs: DpopProofs,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const name = `${request.method} ${request.routeOptions.url}`;
    const route = ROUTES[name];
    if (route === undefined) throw new Error(`no permission is written down for ${name}`);
    if (route.who === 'anyone') return true;
    const presented = presentedIn(request.headers.authorization);
    if (presented === undefined) throw new ProblemError('not-signed-in', 'an access token is needed');
    const known = this.tokens.known(presented.token);
    const claims = known !== undefined && isBare(known, presented) ? known : await this.verified(request, presented);
    let standing = await this.standingOf(claims);
    if (standing.roles === undefined) {
      await this.views.caughtUp();
      standing = await this.standingOf(claims);
    }
    return admit(request, route, claims, standing);
  }

  private async verified(request: FastifyRequest, presented: Presented): Promise<AccessClaims> {
    const claims = await this.tokens.verify(presented.token);
    if (await isHeldBy(claims, presented, request, this.proofs)) return claims;
    throw new ProblemError('not-signed-in', 'the access token is not valid, or no longer');
  }

  private async standingOf({ sub, sid }: AccessClaims): Promise<Standing> {
    const [person, ended] = await Promise.all([this.views.get(people, sub), this.views.get(endedSessions, sid)]);
    return { roles: person?.roles, hasEnded: ended !== undefined };
  }
}

interface Standing {
  /** Undefined where nobody has the account. */
  readonly roles: readonly string[] | undefined;
  /** The sign-in. */
  readonly hasEnded: boolean;
}

function admit(request: FastifyRequest, route: Route, claims: AccessClaims, { roles, hasEnded }: Standing): true {
  if (roles === undefined) throw new ProblemError('not-permitted', 'this account is not known here');
  if (hasEnded) throw new ProblemError('not-signed-in', 'this sign-in has ended');
  // Identity says so in the token; what it answers itself (factors, signing out) is not asked about here.
  if (claims.factor_due === true && route.beforeSetUp !== true) {
    throw new ProblemError('factor-not-set-up', 'set up a second way of proving who you are first');
  }
  if (!isPermitted(route.who, roles)) throw new ProblemError('not-permitted', 'your roles do not include this');
  const provenAt = provenAtOf(claims);
  // After everything else: nobody proves anything for a request that would be refused in any case.
  if (route.factor !== undefined) requireFactor(route.factor, { provenAt });
  // What nobody looks at would still be hashed as part of the request, however deep it is.
  if (route.body === undefined && route.takes === undefined && request.method !== 'GET') validated(Nothing, request.body ?? {});
  const { sub, sid, amr, exp } = claims;
  request.caller = { account: sub, session: sid, authMethod: amr?.join(' ') ?? '', expiresAt: exp, provenAt, roles };
  return true;
}

/** When the factor was proven, in seconds since 1970; an issuer that does not say it is taken at when the sign-in was. */
function provenAtOf({ factor_time: factorTime, auth_time: authTime }: AccessClaims): number | undefined {
  const at: unknown = factorTime ?? authTime;
  return typeof at === 'number' ? at : undefined;
}
