import type { FastifyInstance } from 'fastify';
import { ROUTES } from './routes.js';

/** A route whose row in the table says so takes a larger body; every other keeps the usual limit. */
export function limitBodies(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRoute', (route) => {
    const { mostBytes } = ROUTES[`${[route.method].flat()[0]} ${route.url}`] ?? {};
    if (mostBytes !== undefined) route.bodyLimit = mostBytes;
  });
  // A connection that is closed over somebody who is still sending takes the answer with it, and they never learn that
  // nothing was done. So the rest is read and thrown away, for as long as a request may take at all (`requestTimeout`).
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 413 && !request.raw.complete) {
      reply.removeHeader('connection');
      request.raw.resume();
    }
    done(null, payload);
  });
}
