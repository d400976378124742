import type { FastifyReply, FastifyRequest } from 'fastify';
import { log } from '../logging.js';

/**
 * One line a request, for whoever looks for it: `request` stands in the events it caused as `correlationId`. The route's
 * pattern and not its address, and nothing that was sent.
 */
export function logRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (log.isLevelEnabled('debug')) {
    const { id, method, caller } = request;
    const route = request.routeOptions.url ?? '';
    log.debug({ request: id, method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), actor: caller?.account }, 'request');
  }
  done();
}
