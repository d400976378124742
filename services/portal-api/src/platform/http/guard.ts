import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { people } from '@portal/domain';
import type { FastifyRequest } from 'fastify';
import { Views } from '../views.js';
import { AccessTokens } from './access-token.js';
import { ProblemError } from './problem-error.js';
import type { Caller } from './request-context.js';
import { isPermitted, ROUTES } from './routes.js';

/** Who is it, and may they call this at all? */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly views: Views,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = ROUTES[`${request.method} ${request.routeOptions.url}`];
    if (route === undefined) throw new Error(`no permission is written down for ${request.method} ${request.routeOptions.url}`);
    if (route.who === 'anyone') return true;
    const caller = await this.caller(request);
    if (!isPermitted(route.who, caller.roles)) throw new ProblemError('not-permitted', 'your roles do not include this');
    request.caller = caller;
    return true;
  }

  private async caller(request: FastifyRequest): Promise<Caller> {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new ProblemError('not-signed-in', 'an access token is needed');
    const { sub, sid, amr, exp } = await this.tokens.verify(token);
    if (this.views.get(people, sub) === undefined) await this.views.caughtUp();
    const roles = this.views.get(people, sub)?.roles;
    if (roles === undefined) throw new ProblemError('not-permitted', 'this account is not known here');
    return { account: sub, session: sid, authMethod: amr?.join(' ') ?? '', expiresAt: exp, roles };
  }
}
