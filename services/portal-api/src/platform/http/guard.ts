import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Nothing, type AccessClaims } from '@portal/contract';
import { endedSessions, people } from '@portal/domain';
import { DpopProofs, isBare, isHeldBy, presentedIn, type Presented } from '@portal/identity';
import type { FastifyRequest } from 'fastify';
import { Views } from '../views.js';
import { AccessTokens } from './access-token.js';
import { ProblemError } from './problem-error.js';
import { FACTOR_AGE_S, isPermitted, ROUTES, type Route } from './routes.js';
import { validated } from './validated.js';

/** Who is it, and may they call this at all? */
@Injectable()
export class PermissionGuard implements CanActivate {
  private readonly proofs = new DpopProofs();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly views: Views,
  ) {}

  /** At once where the token is known: a promise that nobody needs costs every request. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const name = `${request.method} ${request.routeOptions.url}`;
    const route = ROUTES[name];
    if (route === undefined) throw new Error(`no permission is written down for ${name}`);
    if (route.who === 'anyone') return true;
    const presented = presentedIn(request.headers.authorization);
    if (presented === undefined) throw new ProblemError('not-signed-in', 'an access token is needed');
    const known = this.tokens.known(presented.token);
    const roles = known === undefined ? undefined : this.rolesOf(known.sub);
    if (known !== undefined && roles !== undefined && isBare(known, presented)) return this.admit(request, route, known, roles);
    return this.find(request, route, presented);
  }

  private async find(request: FastifyRequest, route: Route, presented: Presented): Promise<boolean> {
    const claims = await this.tokens.verify(presented.token);
    if (!(await isHeldBy(claims, presented, request, this.proofs))) {
      throw new ProblemError('not-signed-in', 'the access token is not valid, or no longer');
    }
    if (this.rolesOf(claims.sub) === undefined) await this.views.caughtUp();
    const roles = this.rolesOf(claims.sub);
    if (roles === undefined) throw new ProblemError('not-permitted', 'this account is not known here');
    return this.admit(request, route, claims, roles);
  }

  private admit(request: FastifyRequest, route: Route, claims: AccessClaims, roles: readonly string[]): true {
    const { sub, sid, amr, exp } = claims;
    if (this.views.get(endedSessions, sid) !== undefined) throw new ProblemError('not-signed-in', 'this sign-in has ended');
    if (!isPermitted(route.who, roles)) throw new ProblemError('not-permitted', 'your roles do not include this');
    requireFactor(route, claims);
    // What nobody looks at would still be hashed as part of the request, however deep it is.
    if (route.body === undefined && request.method !== 'GET') validated(Nothing, request.body ?? {});
    request.caller = { account: sub, session: sid, authMethod: amr?.join(' ') ?? '', expiresAt: exp, roles };
    return true;
  }

  private rolesOf(account: string): readonly string[] | undefined {
    return this.views.get(people, account)?.roles;
  }
}

/** After everything else: nobody proves anything for a request that would be refused in any case. */
function requireFactor({ factor }: Route, { factor_time: factorTime, auth_time: authTime }: AccessClaims): void {
  if (factor === undefined) return;
  const [at, maxAgeS] = [factorTime ?? authTime, FACTOR_AGE_S[factor]];
  if (typeof at === 'number' && Date.now() / 1000 - at <= maxAgeS) return;
  throw new ProblemError('factor-needed', 'prove again who you are, and repeat the request', { maxAgeS });
}
