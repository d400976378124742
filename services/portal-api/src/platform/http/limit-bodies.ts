import type { FastifyInstance } from 'fastify';
import { ROUTES } from './routes.js';

/** A route whose row in the table says so takes a larger body; every other keeps the usual limit. */
export function limitBodies(fastify: Pick<FastifyInstance, 'addHook'>): void {
  fastify.addHook('onRoute', (route) => {
    const { mostBytes } = ROUTES[`${[route.method].flat()[0]} ${route.url}`] ?? {};
    if (mostBytes !== undefined) route.bodyLimit = mostBytes;
  });
}
