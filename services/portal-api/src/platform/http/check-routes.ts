import type { FastifyInstance } from 'fastify';
import { ROUTES } from './routes.js';

/**
 * Watches the routes being made; `check` throws where one has no row in the table, or a row has no route but those of
 * paths that another process answers.
 */
export function checkRoutes(fastify: Pick<FastifyInstance, 'addHook'>): { check: (isElsewhere: (path: string) => boolean) => void } {
  const made = new Set<string>();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'OPTIONS' && url !== '*') made.add(`${one} ${url}`);
  });
  return {
    check: (isElsewhere) => {
      const unlisted = [...made].filter((route) => !Object.hasOwn(ROUTES, route));
      const missing = Object.keys(ROUTES).filter((route) => !made.has(route) && !isElsewhere(route.split(' ', 2)[1] as string));
      if (unlisted.length > 0) throw new Error(`no permission is written down for ${unlisted.join(', ')}`);
      if (missing.length > 0) throw new Error(`nothing answers ${missing.join(', ')}`);
    },
  };
}
