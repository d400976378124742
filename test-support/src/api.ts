import { randomUUID, type JsonWebKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './command-line.js';
import { boundHeaders } from './dpop.js';

/** The service as a program sees it, with a person's own token: for tests of what happens below the client. */
export interface Api {
  readonly get: <Answer>(path: string) => Promise<Answer>;
  /** Any status; `undefined` where no answer came. */
  readonly send: (method: 'PUT' | 'POST', path: string, body: unknown, commandId?: string) => Promise<Answered | undefined>;
}

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export function apiOf(person: Person, server: string): Api {
  const kept = keptBy(person);
  return {
    get: async <Answer>(path: string) => {
      const response = await fetch(server + path, { headers: boundHeaders(kept, 'GET', server + path) });
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    send: async (method, path, body, commandId = randomUUID()) => {
      const headers = { ...boundHeaders(kept, method, server + path), 'content-type': 'application/json', 'idempotency-key': commandId };
      try {
        const response = await fetch(server + path, { method, headers, body: JSON.stringify(body) });
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
      } catch {
        return undefined; // the connection broke: whether it was done is not known
      }
    },
  };
}

export function markPath(component: string, centre: string, candidate: string): string {
  return `/emi/${encodeURIComponent(component)}/sheets/${centre}/candidates/${candidate}/mark`;
}

/** The token and the key it is bound to, as the client keeps them after `portal sign-in`. */
export function keptBy({ folder }: Person): { readonly token: string; readonly key: JsonWebKey } {
  const tokens = join(folder, 'state', 'portal', 'tokens');
  const read = <T>(end: string): T => {
    const [file] = readdirSync(tokens).filter((name) => name.endsWith(end));
    if (file === undefined) throw new Error('nobody is signed in here');
    return JSON.parse(readFileSync(join(tokens, file), 'utf8')) as T;
  };
  return { token: read<{ accessToken: string }>('.json').accessToken, key: read<JsonWebKey>('.key') };
}
