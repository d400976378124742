import { readJsonIfThere } from '../paths/private-files.js';
import type { PortalPaths } from '../paths.js';

/** Which service to talk to: what was said, else the environment, else the one started on this machine. */
export type FoundServer =
  | { readonly kind: 'found'; readonly server: string; readonly from: 'option' | 'environment' | 'announced' }
  | { readonly kind: 'malformed'; readonly value: string }
  /** One was started here and is no longer running. */
  | { readonly kind: 'stopped'; readonly server: string }
  | { readonly kind: 'none' };

export interface WhereToLook {
  readonly option?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  readonly paths: PortalPaths;
}

export function findServer({ option, env = process.env, paths }: WhereToLook): FoundServer {
  if (option !== undefined) return asServer(option, 'option');
  if (env['PORTAL_SERVER']) return asServer(env['PORTAL_SERVER'], 'environment');
  const announced = readJsonIfThere<{ url?: unknown; pid?: unknown }>(paths.announcedService);
  if (typeof announced?.url !== 'string') return { kind: 'none' };
  if (typeof announced.pid === 'number' && !runs(announced.pid)) return { kind: 'stopped', server: announced.url };
  return asServer(announced.url, 'announced');
}

function asServer(value: string, from: 'option' | 'environment' | 'announced'): FoundServer {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username || url.search || url.hash) {
    return { kind: 'malformed', value };
  }
  // One service, one name: the provider's issuer and the keys of stored tokens are compared as text.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return { kind: 'found', server: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, from };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
