import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PortalPaths } from '../paths.js';
import { readIfThere, writePrivately } from '../paths/private-files.js';

/** Something that only this person's programs may read: tokens, the key that they are bound to, a sign-in at AMP. */
export interface KeptSecret {
  readonly file: string;
  readonly lockFile: string;
  readonly read: () => string | undefined;
  readonly write: (text: string) => Promise<void>;
  readonly remove: () => void;
}

/** Keyed by config path and server: two config folders are two people, two servers two sign-ins. */
export function openSecret(paths: PortalPaths, server: string, kind: 'json' | 'key' | 'amp'): KeptSecret {
  const key = createHash('sha256').update(`${paths.configFolder}\n${server}`).digest('hex').slice(0, 32);
  const file = join(paths.tokensFolder, `${key}.${kind}`);
  return {
    file,
    lockFile: join(paths.tokensFolder, kind === 'json' ? `${key}.lock` : `${key}.${kind}.lock`),
    read: () => readIfThere(file),
    write: text => writePrivately(file, text),
    remove: () => rmSync(file, { force: true }),
  };
}
