import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from './database.js';
import { newSigningKey } from './signing-keys.js';

/** Keys made on first start and kept: whoever has them can issue tokens. */
export interface Secrets {
  /** As it was when this was loaded: see signing-keys.ts. */
  readonly signingKey: Readonly<Record<string, unknown>>;
  readonly cookieKeys: readonly string[];
  /** A keyed hash, apart by purpose: it cannot be guessed or repeated without this store. */
  readonly keyed: (purpose: 'form' | 'name' | 'invitation' | 'place' | 'code' | 'recovery' | 'contact', text: string) => Buffer;
}

export function loadSecrets(database: Database): Secrets {
  const stored = (name: string, make: () => string): string => {
    database.prepare('INSERT INTO secrets VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, make());
    return String(database.prepare('SELECT value FROM secrets WHERE name = ?').get(name)?.['value']);
  };
  const hashKey = stored('hash-key', () => randomBytes(32).toString('base64url'));
  return {
    signingKey: JSON.parse(stored('signing-key', newSigningKey)) as Record<string, unknown>,
    cookieKeys: [stored('cookie-key', () => randomBytes(32).toString('base64url'))],
    keyed: (purpose, text) => createHmac('sha256', hashKey).update(`${purpose}\n${text}`).digest(),
  };
}
