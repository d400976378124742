import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './command-line.js';

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
  const authorization = `Bearer ${accessTokenOf(person)}`;
  return {
    get: async <Answer>(path: string) => {
      const response = await fetch(server + path, { headers: { authorization } });
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    send: async (method, path, body, commandId = randomUUID()) => {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': commandId };
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

/** As the client keeps it after `portal sign-in`. */
function accessTokenOf({ folder }: Person): string {
  const tokens = join(folder, 'state', 'portal', 'tokens');
  const [file] = readdirSync(tokens).filter((name) => name.endsWith('.json'));
  if (file === undefined) throw new Error('nobody is signed in here');
  return (JSON.parse(readFileSync(join(tokens, file), 'utf8')) as { accessToken: string }).accessToken;
}
