import type { Cookie } from './cookies.js';
import { openSecret } from './kept-secret.js';
import type { SessionOptions } from './session.js';

/** The provider's cookie of a sign-in at AMP, kept as tokens are: for its owner alone. */
export interface AmpStore {
  readonly read: () => readonly Cookie[] | undefined;
  readonly write: (cookies: readonly Cookie[]) => Promise<void>;
  readonly remove: () => void;
}

export function openAmpStore({ paths, server }: SessionOptions): AmpStore {
  const secret = openSecret(paths, server, 'amp');
  return {
    read: () => cookiesIn(secret.read()),
    write: cookies => secret.write(JSON.stringify(cookies)),
    remove: secret.remove,
  };
}

/** Half written by a machine that died they are none. */
function cookiesIn(text = ''): readonly Cookie[] | undefined {
  try {
    const kept = JSON.parse(text) as unknown;
    return Array.isArray(kept) && kept.length > 0 && kept.every(isCookie) ? kept : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isCookie(one: unknown): one is Cookie {
  const { name, value, path } = one as Partial<Cookie>;
  return [name, value, path].every(part => typeof part === 'string');
}
