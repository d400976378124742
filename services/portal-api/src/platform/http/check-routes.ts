import type { FastifyInstance } from 'fastify';
import { ROUTES } from './routes.js';

/** Watches the routes being made; `check` throws where one has no row in the table, or a row has no route. */
export function checkRoutes(fastify: Pick<FastifyInstance, 'addHook'>): { check: () => void } {
  const made = new Set<string>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'OPTIONS' && url !== '*') made.add(`${one} ${url}`);
  });
  return {
    check: () => {
      const unlisted = [...made].filter((route) => !Object.hasOwn(ROUTES, route));
      const missing = Object.keys(ROUTES).filter((route) => !made.has(route));
      if (unlisted.length > 0) throw new Error(`no permission is written down for ${unlisted.join(', ')}`);
      if (missing.length > 0) throw new Error(`nothing answers ${missing.join(', ')}`);
    },
  };
}
