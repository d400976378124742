import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ROUTES } from './routes.js';

/**
 * A route whose row in the table says so takes its media type and nothing else; that type is taken by no other route. None
 * takes a body that would have to be unpacked: it would be kept packed, and is larger than it looks.
 */
export function takeOtherBodies(fastify: FastifyInstance): void {
  const types = new Set(Object.values(ROUTES).flatMap(({ takes = [] }) => takes));
  for (const type of types) fastify.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Before the body is read: nobody sends ten megabytes in vain.
  fastify.addHook('preParsing', (request, reply, _payload, done) => {
    const coding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (coding !== 'identity') {
      void reply.header('accept-encoding', 'identity');
      return done(Object.assign(new Error('a body is taken as it is, without a content-encoding'), { statusCode: 415 }));
    }
    const given = typeOf(request);
    const wanted = ROUTES[`${request.method} ${request.routeOptions.url}`]?.takes;
    const isRight = wanted === undefined ? given === undefined || !types.has(given) : given === undefined || given === wanted;
    done(isRight ? null : Object.assign(new Error(`this address takes ${wanted ?? 'application/json'}`), { statusCode: 415 }));
  });
}

function typeOf({ headers }: FastifyRequest): string | undefined {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
}
