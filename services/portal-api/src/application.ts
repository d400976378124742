import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IdentityHttp } from '@portal/identity';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { keepsAccounts, type Engines } from './platform/engines.js';
import { isAnsweredHere, isOfAccounts } from './platform/http/answered-here.js';
import { ProblemFilter, sendError } from './platform/http/exception-filter.js';
import { logRequest } from './platform/http/log-request.js';
import { checkRoutes } from './platform/http/check-routes.js';
import { isRoute } from './platform/http/routes.js';
import { limitBodies } from './platform/http/limit-bodies.js';
import { ProblemError } from './platform/http/problem-error.js';
import { problemIn } from './platform/http/problems.js';
import { takeOtherBodies } from './platform/http/other-bodies.js';
import { serialized } from './platform/http/serialized.js';
import type { Foundation } from './platform/platform.module.js';

/** The whole service, built and not yet listening. */
export async function createApplication(foundation: Foundation): Promise<NestFastifyApplication> {
  const identity: { http?: IdentityHttp } = {};
  const adapter = new FastifyAdapter({
    bodyLimit: 256 * 1024,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    skipMiddie: true,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => sendError(error, request, reply),
    // The provider wants the raw request: it stands in front.
    serverFactory: (handler: (request: IncomingMessage, response: ServerResponse) => void) =>
      createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
        if (identity.http?.handle(request, response, isRoute) !== true) handler(request, response);
      }),
  });
  answerOwnPathsOnly(adapter.getInstance(), foundation.config);
  takeJsonOnly(adapter.getInstance());
  takeOtherBodies(adapter.getInstance());
  adapter.getInstance().setReplySerializer(serialized as (payload: unknown) => string);
  limitBodies(adapter.getInstance());
  const routes = checkRoutes(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(foundation), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter());
  // A refusal or failure that a use case gives back becomes a problem here, and only here.
  adapter.getInstance().addHook('preSerialization', (_request, reply, payload, done) => {
    const found = typeof payload === 'object' && payload !== null ? problemIn(payload) : undefined;
    if (found !== undefined) void reply.status(found.status).type('application/problem+json');
    done(null, found ?? payload);
  });
  adapter.getInstance().addHook('onResponse', logRequest);
  await app.init();
  routes.check((path) => isOfAccounts(path) && !keepsAccounts(foundation.config));
  // Whoever is signed in elsewhere finds no second door here.
  if (foundation.config.provider === undefined && foundation.config.roles.has('identity')) identity.http = app.get(IdentityHttp);
  return app;
}

/** Where the work is shared, a request that came to the wrong process is not half answered. */
function answerOwnPathsOnly(fastify: FastifyInstance, engines: Engines): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isAnsweredHere(request.url.split('?', 1)[0] as string, engines)) return done();
    sendError(new ProblemError('not-found', 'this process does not answer that'), request, reply);
  });
}

/** A body is JSON in whole UTF-8 characters: a broken one is refused, and not read with something else in its place. */
function takeJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isUtf8(body as Buffer)) void parse(request, body.toString(), done);
    else done(Object.assign(new Error('the body is not UTF-8'), { statusCode: 400 }));
  });
}
