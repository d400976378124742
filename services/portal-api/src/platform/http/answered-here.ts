import { keepsAccounts, type Engines } from '../engines.js';

/** Which paths a process answers, by its roles: the proxy in front sends each request where it is answered. */
export function isAnsweredHere(path: string, engines: Engines): boolean {
  if (PATHS_OF_ALL.has(path)) return true;
  return isOfAccounts(path) ? keepsAccounts(engines) : engines.roles.has('api');
}

/** Whoever lets people in answers these. */
export const isOfAccounts = (path: string): boolean => /^\/admin\/(accounts|keys)(\/|$)/.test(path);

const PATHS_OF_ALL: ReadonlySet<string> = new Set(['/health', '/ready', '/openapi.json']);
